import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { MirrorState } from '../platforms/mirror-state.tsx';
import { platformsQuery } from '../platforms/platforms-query.ts';

/** The last sync of each platform that mirrors, once one is active (OD-15). */
export function PlatformSyncs() {
  const t = useTexts(library).home;
  const platforms = useQuery(platformsQuery);
  const mirroring = (platforms.data ?? []).filter(
    ({ activated, filingMode }) => activated && filingMode === 'MIRROR',
  );
  if (mirroring.length === 0) return null;
  return (
    <section className="card">
      <div className="card-head">
        <h2 className="panel-title">{t.platforms}</h2>
        <Link to="/library/platforms">{t.allPlatforms}</Link>
      </div>
      <ul className="task-list">
        {mirroring.map(({ code, name, mirror }) => (
          <li key={code}>
            <span>{name}</span>
            <span className="faint figures">
              {mirror ? t.synced(minute(mirror.syncedAt)) : t.neverSynced}
            </span>
            {mirror ? <MirrorState mirror={mirror} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
