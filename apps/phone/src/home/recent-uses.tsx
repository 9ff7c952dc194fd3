import { type PhoneUse, phoneRoutes } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../api/client.ts';
import { minute } from '../format/dates.ts';
import { home } from '../i18n/home.ts';
import { useTexts } from '../i18n/language.tsx';
import { uses } from '../i18n/uses.ts';
import { Cell, Group } from '../ui/cell.tsx';
import { Status, type Tone } from '../ui/status.tsx';

const TONES: Readonly<Record<PhoneUse['outcome'], Tone>> = {
  OPEN: 'busy',
  DONE: 'good',
  FAILED: 'bad',
  REFUSED: 'attention',
  EXPIRED: 'idle',
};

/** The last three; nothing at all while there is none. */
export function RecentUses() {
  const t = useTexts(home);
  const texts = useTexts(uses);
  const recent = useQuery({
    queryKey: ['uses', 'recent'],
    queryFn: ({ signal }) => call(phoneRoutes.uses, { query: { pageSize: 20 }, signal }),
  });
  const items = recent.data?.items.slice(0, 3) ?? [];
  if (items.length === 0) return null;
  return (
    <Group title={t.uses} note={<Link to="/uses">{t.allUses}</Link>}>
      {items.map((use) => (
        <Cell
          key={use.id}
          title={texts.purposes[use.purpose]}
          note={
            <>
              {use.certificate?.subjectName}
              <time className="recent-time">{minute(use.at)}</time>
            </>
          }
          value={<Status tone={TONES[use.outcome]}>{texts.outcomes[use.outcome]}</Status>}
        />
      ))}
    </Group>
  );
}
