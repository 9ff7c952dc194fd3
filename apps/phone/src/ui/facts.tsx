import type { ReactNode } from 'react';

export type Fact = { readonly label: string; readonly value: ReactNode; readonly wide?: boolean };

/** Read-only values under their labels. */
export function Facts({ facts, compact = false }: { facts: readonly Fact[]; compact?: boolean }) {
  return (
    <dl className={`facts${compact ? ' facts-compact' : ''}`}>
      {facts.map(({ label, value, wide }) => (
        <div key={label} className={wide ? 'fact fact-wide' : 'fact'}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
