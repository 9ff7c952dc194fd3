import type { ReactNode } from 'react';

export type Tone = 'good' | 'busy' | 'attention' | 'bad' | 'idle';

/** A shape for each tone, so that colour is never the only sign. */
const SHAPES: Readonly<Record<Tone, string>> = {
  good: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1z',
  busy: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1zM6 2.5v7a3.5 3.5 0 0 1 0-7z',
  attention: 'M6 1l5.2 9.5H.8z',
  bad: 'M1.5 1.5h9v9h-9z',
  idle: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1zM6 2.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8z',
};

/** Status: a word and a shape as well as a colour. */
export function Status({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`status status-${tone}`}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        <path fillRule="evenodd" d={SHAPES[tone]} />
      </svg>
      {children}
    </span>
  );
}
