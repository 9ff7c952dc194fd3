import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Icon } from './icon.tsx';
import './lists.css';

type DrawerProps = {
  title: string;
  /** The list to which closing returns; its filter stays. */
  back: string;
  children: ReactNode;
  actions?: ReactNode;
  /** For forms and for long records. */
  wide?: boolean;
};

/** Details beside the list, at an address of their own. */
export function Drawer({ title, back, children, actions, wide = false }: DrawerProps) {
  const t = useTexts(common);
  const navigate = useNavigate();
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  const close = () => void navigate({ to: back, search: (old) => old, resetScroll: false });
  return (
    <dialog
      ref={ref}
      className={wide ? 'drawer drawer-wide' : 'drawer'}
      aria-labelledby={id}
      onCancel={(event) => {
        if (event.target !== ref.current) return;
        event.preventDefault();
        close();
      }}
    >
      <header className="drawer-head">
        <h2 id={id}>{title}</h2>
        <button type="button" className="icon-button" onClick={close} aria-label={t.close}>
          <Icon name="close" />
        </button>
      </header>
      <div className="drawer-body">{children}</div>
      {actions ? <footer className="drawer-foot">{actions}</footer> : null}
    </dialog>
  );
}
