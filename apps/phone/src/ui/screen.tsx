import { Link, type LinkProps, useCanGoBack, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Icon } from './icon.tsx';

type ScreenProps = {
  title: string;
  /** Where 返回 leads when there is nothing to go back to; absent on the home page. */
  back?: NonNullable<LinkProps['to']> | undefined;
  /** At the right of the header: one icon or word. */
  action?: ReactNode;
  children: ReactNode;
  /** The page's primary action, within reach of the thumb. */
  footer?: ReactNode;
};

/** One page: header with the way back, content, and the primary action at the bottom. */
export function Screen({ title, back, action, children, footer }: ScreenProps) {
  return (
    <div className="screen">
      <header className="screen-header">
        <div className="screen-header-side">{back === undefined ? null : <Back to={back} />}</div>
        <h1 tabIndex={-1}>{title}</h1>
        <div className="screen-header-side screen-header-end">{action}</div>
      </header>
      <main id="main" className="screen-main">
        {children}
      </main>
      {footer ? <footer className="screen-footer">{footer}</footer> : null}
    </div>
  );
}

function Back({ to }: { to: NonNullable<LinkProps['to']> }) {
  const t = useTexts(common);
  const router = useRouter();
  const canGoBack = useCanGoBack();
  if (!canGoBack) {
    return (
      <Link to={to} className="icon-button" aria-label={t.back}>
        <Icon name="left" size={22} />
      </Link>
    );
  }
  return (
    <button type="button" className="icon-button" aria-label={t.back} onClick={() => router.history.back()}>
      <Icon name="left" size={22} />
    </button>
  );
}
