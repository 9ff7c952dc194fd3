import type { RecordType } from '@hufu/library';
import { Link, useSearch } from '@tanstack/react-router';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { useSaid } from '../../i18n/said.ts';

type StateTabsProps = { type: RecordType; counts: Readonly<Record<string, number>> | undefined };

/** All, and each state of the life cycle, with how many. */
export function StateTabs({ type, counts }: StateTabsProps) {
  const t = useTexts(records).list;
  const said = useSaid();
  const { state: present }: { state?: string } = useSearch({ strict: false });
  const all = counts === undefined ? undefined : Object.values(counts).reduce((sum, count) => sum + count, 0);
  const tabs = [
    { name: undefined, label: t.all, count: all },
    ...type.lifeCycle.states.map(({ name, label }) => ({
      name,
      label: said(label),
      count: counts === undefined ? undefined : (counts[name] ?? 0),
    })),
  ];
  return (
    <nav className="pills" aria-label={t.states}>
      {tabs.map(({ name, label, count }) => (
        <Link
          key={name ?? ''}
          to="."
          search={(old) => (name === present ? old : { ...old, page: undefined, state: name })}
          // No state is a choice too: without this, 「全部」 would count as chosen under any.
          activeOptions={{ explicitUndefined: true }}
          activeProps={{}}
          replace
          resetScroll={false}
          className="pill"
        >
          {label}
          {count === undefined ? null : <span className="pill-count figures">{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
