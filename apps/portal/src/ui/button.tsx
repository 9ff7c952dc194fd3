import { Link, type LinkProps } from '@tanstack/react-router';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

/** `primary`: the page's one action. `destroy`: what cannot be undone. */
export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'destroy';

type Look = { kind?: ButtonKind; icon?: IconName; large?: boolean; children: ReactNode };

const className = ({ kind = 'plain', large = false }: Pick<Look, 'kind' | 'large'>, extra = '') =>
  `button button-${kind}${large ? ' button-large' : ''} ${extra}`;

type ButtonProps = Look & { busy?: boolean } & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'>;

/** While busy it keeps its place, its focus and its words, and does nothing when pressed. */
export function Button({ kind, icon, large, busy = false, children, onClick, type, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={className({ ...(kind && { kind }), ...(large && { large }) }, rest.className)}
      aria-disabled={busy || undefined}
      data-busy={busy || undefined}
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

type ButtonLinkProps = Look & { extra?: string } & Omit<LinkProps, 'children'>;

export function ButtonLink({ kind, icon, large, children, extra, ...link }: ButtonLinkProps) {
  return (
    <Link {...link} className={className({ ...(kind && { kind }), ...(large && { large }) }, extra)}>
      {icon ? <Icon name={icon} /> : null}
      <span>{children}</span>
    </Link>
  );
}

type OutsideLinkProps = Look & { href: string; download?: boolean; newTab?: boolean };

/** For addresses that are not pages of this app: downloads, the assistant, other sites. */
export function ButtonAnchor({ kind, icon, large, children, href, download, newTab }: OutsideLinkProps) {
  return (
    <a
      href={href}
      className={className({ ...(kind && { kind }), ...(large && { large }) })}
      download={download}
      {...(newTab && { target: '_blank', rel: 'noreferrer' })}
    >
      {icon ? <Icon name={icon} /> : null}
      <span>{children}</span>
    </a>
  );
}
