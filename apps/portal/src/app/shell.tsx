import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useSite } from '../api/site.ts';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { DemoBanner, OfflineBanner } from './banners.tsx';
import { Footer } from './footer.tsx';
import { Header, type Realm } from './header.tsx';

/** What stands around every page. */
export function Shell() {
  const t = useTexts(common);
  const { data: site } = useSite();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const realm = realmOf(path);
  useHeadingFocus(path);
  return (
    <>
      <a className="skip-link" href="#main">
        {t.skip}
      </a>
      {site?.demo ? <DemoBanner /> : null}
      <OfflineBanner />
      <Header realm={realm} />
      <main id="main" className={realm === 'hub' ? 'main' : `main main-${realm}`}>
        <Outlet />
      </main>
      {realm === 'desk' ? null : <Footer />}
    </>
  );
}

/** Whose pages these are: each realm has a login of its own. */
function realmOf(path: string): Realm {
  if (path === '/desk' || path.startsWith('/desk/')) return 'desk';
  return path === '/library' || path.startsWith('/library/') ? 'library' : 'hub';
}

/** After a change of page the heading takes the focus, so that a screen reader says where one is. */
function useHeadingFocus(path: string): void {
  const before = useRef(path);
  const status = useRouterState({ select: (state) => state.status });
  useEffect(() => {
    if (status !== 'idle' || before.current === path) return;
    before.current = path;
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }, [path, status]);
}
