import { lazy, Suspense } from 'react';

const CountsPlot = lazy(() => import('./counts-plot.tsx'));

export type Total = {
  readonly label: string;
  readonly states: { readonly good: number; readonly draft: number; readonly ended: number };
};

/** How much of each kind there is, as a picture; the tiles below say the same in figures. */
export function CountsChart({ totals, label }: { totals: readonly Total[]; label: string }) {
  return (
    <div className="card plot counts-plot" role="img" aria-label={label}>
      <Suspense>
        <CountsPlot totals={totals} />
      </Suspense>
    </div>
  );
}
