import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { EvidenceState } from '../../evidence/evidence-state.tsx';
import { second } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { useSaid } from '../../i18n/said.ts';
import { stewards } from '../../i18n/stewards.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { timelineQuery } from './stewards-query.ts';

/** What happened to the entity, each with the stamp that proves it. */
export function EntityTimeline({ id }: { id: string }) {
  const t = useTexts(stewards);
  const said = useSaid();
  const timeline = useQuery(timelineQuery(id));
  return (
    <Loaded query={timeline}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="faint">{t.noTimeline}</p>
        ) : (
          <ol className="stack-tight">
            {items.map((entry) => (
              <li key={entry.id}>
                <time className="faint">{second(entry.at)}</time>{' '}
                <Link to="/desk/evidence/$id" params={{ id: entry.id }}>
                  {said(entry.said)}
                </Link>{' '}
                <EvidenceState state={entry.state} />
              </li>
            ))}
          </ol>
        )
      }
    </Loaded>
  );
}
