import { type ReactNode, useEffect, useRef } from 'react';
import { Icon, type IconName } from './icon.tsx';
import './menu.css';

type MenuProps = {
  label: string;
  /** Read out instead of the label, where several menus of one page have the same. */
  name?: string;
  icon?: IconName;
  /** Links and buttons. */
  children: ReactNode;
};

/** A few actions behind one button; it closes when it has led somewhere, on Escape and when the focus leaves. */
export function Menu({ label, name, icon, children }: MenuProps) {
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const away = (event: PointerEvent) => {
      if (ref.current?.open && !ref.current.contains(event.target as Node)) ref.current.open = false;
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, []);
  const close = () => {
    if (ref.current) ref.current.open = false;
  };
  return (
    <details
      ref={ref}
      className="menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !ref.current?.open) return;
        event.stopPropagation();
        event.preventDefault();
        close();
        ref.current.querySelector('summary')?.focus();
      }}
      onBlur={(event) => {
        if (event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget)) close();
      }}
    >
      <summary aria-label={name}>
        {icon ? <Icon name={icon} size={16} /> : null}
        {label}
        <Icon name="down" size={12} />
      </summary>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: hears of clicks on the items inside */}
      <div className="menu-items" onClick={close}>
        {children}
      </div>
    </details>
  );
}
