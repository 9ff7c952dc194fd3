import { Link } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Icon } from '../ui/icon.tsx';

/** On every page of a demo installation. */
export function DemoBanner() {
  const t = useTexts(common);
  return (
    <aside className="banner banner-demo" aria-label={t.demo}>
      <Icon name="info" size={16} />
      <span>{t.demoBanner}</span>
      <Link to="/demo">{t.demoGuide}</Link>
    </aside>
  );
}

function subscribe(notify: () => void): () => void {
  addEventListener('online', notify);
  addEventListener('offline', notify);
  return () => {
    removeEventListener('online', notify);
    removeEventListener('offline', notify);
  };
}

export function OfflineBanner() {
  const t = useTexts(common);
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  if (online) return null;
  return (
    <div className="banner banner-offline" role="alert">
      <Icon name="warning" size={16} />
      <span>{t.offline}</span>
    </div>
  );
}
