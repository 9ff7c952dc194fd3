import { Link, type LinkProps } from '@tanstack/react-router';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

/** `primary`: the page's one action. `destroy`: what cannot be undone. */
export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'destroy';

type Look = {
  kind?: ButtonKind;
  icon?: IconName /** As wide as the page. */;
  block?: boolean;
  children: ReactNode;
};

const classOf = ({ kind = 'plain', block = false }: Pick<Look, 'kind' | 'block'>): string =>
  `button button-${kind}${block ? ' button-block' : ''}`;

type ButtonProps = Look & { busy?: boolean } & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'>;

/** While busy it keeps its place, its focus and its words, and does nothing when pressed. */
export function Button({ kind, icon, block, busy = false, children, onClick, type, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={classOf({ ...(kind && { kind }), ...(block && { block }) })}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : icon ? <Icon name={icon} /> : null}
      <span>{children}</span>
    </button>
  );
}

type ButtonLinkProps = Look & { onClick?: () => void } & Omit<LinkProps, 'children'>;

export function ButtonLink({ kind, icon, block, children, ...link }: ButtonLinkProps) {
  return (
    <Link {...link} className={classOf({ ...(kind && { kind }), ...(block && { block }) })}>
      {icon ? <Icon name={icon} /> : null}
      <span>{children}</span>
    </Link>
  );
}
