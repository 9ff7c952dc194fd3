import type { LibraryDashboard, LibraryKey } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { day, today } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { useSaid } from '../../i18n/said.ts';
import { Status } from '../../ui/status.tsx';
import { keysQuery } from '../keys/keys-query.ts';
import { useMember } from '../session/library-session.ts';
import { typeNamed } from '../session/modules.ts';

/** Papers and digital certificates that end soon, the next first (OD-15). */
export function Expiring({ papers }: { papers: LibraryDashboard['expiring'] }) {
  const t = useTexts(library);
  const said = useSaid();
  const { session } = useMember();
  const keys = useQuery({ ...keysQuery, enabled: session.entity.kind === 'ORGANISATION' });
  const ending = (keys.data ?? []).filter(endsSoon);
  return (
    <section className="card">
      <div className="card-head">
        <h2 className="panel-title">{t.home.expiring}</h2>
      </div>
      {papers.length + ending.length === 0 ? (
        <p className="faint">{t.home.noExpiring}</p>
      ) : (
        <ul className="task-list">
          {ending.map(({ id, holderName, validTo }) => (
            <li key={id}>
              <Link to="/library/keys/$id" params={{ id }}>
                {holderName}
              </Link>
              <span className="faint">{t.keys.tabs[0]}</span>
              <Ends on={day(validTo)} days={daysTo(day(validTo))} />
            </li>
          ))}
          {papers.map(({ id, type, title, expiresOn, days }) => (
            <li key={id}>
              <Link to="/library/r/$type/$id" params={{ type, id }}>
                {title}
              </Link>
              <span className="faint">{said(typeNamed(type)?.label ?? { zh: type, en: type })}</span>
              <Ends on={expiresOn} days={days} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Ends({ on, days }: { on: string; days: number }) {
  const t = useTexts(library).home;
  return (
    <Status tone={days < 0 ? 'bad' : days <= 15 ? 'attention' : 'busy'}>
      <time className="figures">{on}</time> {t.days(days)}
    </Status>
  );
}

const endsSoon = ({ state, expiry }: LibraryKey): boolean => state === 'SUBMITTED' && expiry !== 'VALID';

const daysTo = (date: string): number => Math.round((Date.parse(date) - Date.parse(today())) / 86_400_000);
