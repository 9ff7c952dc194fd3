import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Button } from './button.tsx';
import { ProblemBox } from './problem-box.tsx';

/** Grey lines where the words will stand, of the same height, so that nothing jumps. */
export function Skeleton({ lines = 3, tall = false }: { lines?: number; tall?: boolean }) {
  const t = useTexts(common);
  return (
    <div className={tall ? 'skeleton skeleton-tall' : 'skeleton'} role="status" aria-label={t.loading}>
      {Array.from({ length: lines }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical lines without state
        <span key={at} />
      ))}
    </div>
  );
}

type LoadedProps<T> = {
  query: UseQueryResult<T>;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
};

/** Waiting, failed (with a way to try again), or the data. */
export function Loaded<T>({ query, skeleton, children }: LoadedProps<T>) {
  const t = useTexts(common);
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    return (
      <ProblemBox
        error={query.error}
        actions={
          <Button icon="refresh" busy={query.isFetching} onClick={() => void query.refetch()}>
            {t.tryAgain}
          </Button>
        }
      />
    );
  }
  return skeleton ?? <Skeleton />;
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children}
    </div>
  );
}
