import { Outlet, useRouter, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useSession } from '../api/session.ts';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { useDevicePresence } from '../keys/present-device.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useNewVersion } from './new-version.ts';

/** What stands around every page. */
export function Shell() {
  const t = useTexts(common);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useHeadingFocus(path);
  useDevicePresence();
  useEndedSession();
  return (
    <>
      <a className="skip-link" href="#main">
        {t.skip}
      </a>
      <OfflineBar />
      <NewVersionBar />
      <Outlet />
    </>
  );
}

function OfflineBar() {
  const t = useTexts(common);
  const online = useSyncExternalStore(watchConnection, () => navigator.onLine);
  return (
    <div role="status">
      {online ? null : (
        <p className="bar">
          <Icon name="warning" size={16} />
          {t.offline}
        </p>
      )}
    </div>
  );
}

function watchConnection(changed: () => void): () => void {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}

function NewVersionBar() {
  const t = useTexts(common);
  const activate = useNewVersion();
  if (activate === undefined) return null;
  return (
    <div className="bar" role="status">
      <span>{t.newVersion}</span>
      <Button kind="quiet" onClick={activate}>
        {t.update}
      </Button>
    </div>
  );
}

/** Nobody is logged in any more: the page that needs somebody leads to the login by its own rule. */
function useEndedSession(): void {
  const router = useRouter();
  const ended = useSession().data === null;
  useEffect(() => {
    if (ended) void router.invalidate();
  }, [ended, router]);
}

/** After a change of page the heading takes the focus, so that a screen reader says where one is. */
function useHeadingFocus(path: string): void {
  const before = useRef(path);
  const status = useRouterState({ select: (state) => state.status });
  useEffect(() => {
    if (status !== 'idle' || before.current === path) return;
    before.current = path;
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, [path, status]);
}
