import { type ReactNode, useEffect, useId, useRef } from 'react';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Icon } from './icon.tsx';

type SheetProps = {
  title: string;
  children: ReactNode;
  /** Primary action first, one below the other. */
  actions?: ReactNode;
  onClose: () => void;
};

/** The browser's own modal dialog, risen from the bottom: it keeps the focus and closes on Escape. Mount it to open it. */
export function Sheet({ title, children, actions, onClose }: SheetProps) {
  const t = useTexts(common);
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className="sheet"
      aria-labelledby={id}
      onCancel={(event) => {
        if (event.target !== ref.current) return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className="sheet-head">
        <h2 id={id}>{title}</h2>
        <button type="button" className="icon-button" aria-label={t.close} onClick={onClose}>
          <Icon name="close" size={20} />
        </button>
      </div>
      <div className="sheet-body">{children}</div>
      {actions ? <div className="sheet-actions">{actions}</div> : null}
    </dialog>
  );
}
