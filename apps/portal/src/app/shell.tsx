import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useSite } from '../api/site.ts';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { DemoBanner, OfflineBanner } from './banners.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';

/** What stands around every page. */
export function Shell() {
  const t = useTexts(common);
  const { data: site } = useSite();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const desk = path === '/desk' || path.startsWith('/desk/');
  useHeadingFocus(path);
  return (
    <>
      <a className="skip-link" href="#main">
        {t.skip}
      </a>
      {site?.demo ? <DemoBanner /> : null}
      <OfflineBanner />
      <Header desk={desk} />
      <main id="main" className={desk ? 'main main-desk' : 'main'}>
        <Outlet />
      </main>
      {desk ? null : <Footer />}
    </>
  );
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
