import type { ReactNode } from 'react';
import type { OwnProblem } from '../../shared/own-api.ts';
import { useLanguage } from '../context.ts';

const SIGNS = { good: '✓', bad: '✕', attention: '!', info: 'i' } as const;

/** Status by word and sign as well as colour. */
export function Notice({
  kind,
  children,
}: {
  readonly kind: keyof typeof SIGNS;
  readonly children: ReactNode;
}) {
  return (
    <p className={`notice ${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      <span aria-hidden="true">{SIGNS[kind]} </span>
      {children}
    </p>
  );
}

export function ProblemNotice({ problem }: { readonly problem: OwnProblem | undefined }) {
  const language = useLanguage();
  return problem === undefined ? null : <Notice kind="bad">{problem.texts[language]}</Notice>;
}
