import type { EntityPageView } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { day } from '../../format/dates.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { useSaid } from '../../i18n/said.ts';
import { stewards } from '../../i18n/stewards.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { entityQuery } from './stewards-query.ts';

/** Two accounts side by side, before one is closed in favour of the other. */
export function CompareEntities({ closing, staying }: { closing: string; staying: string }) {
  const one = useQuery(entityQuery(closing));
  const other = useQuery(entityQuery(staying));
  return (
    <Loaded query={one}>
      {(left) => <Loaded query={other}>{(right) => <Sides closing={left} staying={right} />}</Loaded>}
    </Loaded>
  );
}

function Sides({ closing, staying }: { closing: EntityPageView; staying: EntityPageView }) {
  const t = useTexts(stewards);
  const words = useTexts(common);
  const said = useSaid();
  const stateOf = ({ mergedInto, state }: EntityPageView) => t.states[mergedInto === null ? state : 'MERGED'];
  const facts: readonly { label: string; of: (entity: EntityPageView) => string }[] = [
    { label: t.name, of: ({ name }) => name },
    { label: t.uscc, of: ({ uscc }) => uscc ?? t.never },
    { label: t.kind, of: ({ kind }) => t.entityKinds[kind] },
    { label: t.state, of: stateOf },
    { label: t.roles, of: ({ roles }) => roles.map((role) => words.roles[role]).join(words.listSeparator) },
    { label: t.region, of: ({ region }) => region ?? t.never },
    { label: t.formerNames, of: ({ formerNames }) => formerNames.join(words.listSeparator) || t.never },
    { label: t.registeredAt, of: ({ registeredAt }) => day(registeredAt) },
    { label: t.lastLoginAt, of: ({ lastLoginAt }) => (lastLoginAt === null ? t.never : day(lastLoginAt)) },
    {
      label: t.keys,
      of: ({ keys }) => String(keys.filter(({ state }) => state === 'SUBMITTED').length),
    },
  ];
  const counts = closing.records.flatMap(({ type, label, total }) => {
    const there = staying.records.find((one) => one.type === type)?.total ?? 0;
    return total === 0 && there === 0 ? [] : [{ type, label: said(label), total, there }];
  });
  return (
    <div className="data-table data-table-cards compare">
      <table>
        <caption>{t.compare}</caption>
        <thead>
          <tr>
            <th scope="col">{t.item}</th>
            <th scope="col">{t.closing}</th>
            <th scope="col">{t.staying}</th>
          </tr>
        </thead>
        <tbody>
          {facts.map(({ label, of }) => (
            <tr key={label} className={of(closing) === of(staying) ? undefined : 'differs'}>
              <th scope="row">{label}</th>
              <td data-label={t.closing}>{of(closing)}</td>
              <td data-label={t.staying}>{of(staying)}</td>
            </tr>
          ))}
          {counts.map(({ type, label, total, there }) => (
            <tr key={type}>
              <th scope="row">{label}</th>
              <td className="figures" data-label={t.closing}>
                {total}
              </td>
              <td className="figures" data-label={t.staying}>
                {there}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
