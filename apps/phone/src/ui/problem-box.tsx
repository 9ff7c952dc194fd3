import type { ReactNode } from 'react';
import { problemTitle, toProblem } from '../api/problem.ts';
import { common } from '../i18n/common.ts';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { Alert } from './alert.tsx';
import { PhoneLink } from './phone-link.tsx';

type ProblemBoxProps = {
  error: unknown;
  /** Whom to call; by default the phone that the problem itself names. */
  phone?: { readonly name: string; readonly phone: string } | undefined;
  children?: ReactNode;
  actions?: ReactNode;
};

/** What happened, why, what to do next, and whom to call. */
export function ProblemBox({ error, phone, children, actions }: ProblemBoxProps) {
  const { language } = useLanguage();
  const t = useTexts(common);
  const problem = toProblem(error);
  const named = problem.field('phone');
  const call = phone ?? (named ? { name: problem.field('authority') ?? '', phone: named } : undefined);
  const { requestId, hint, code } = problem.problem;
  const alreadySaid = call !== undefined && (hint?.includes(call.phone) ?? false);
  return (
    <Alert
      tone={problem.status >= 500 ? 'bad' : 'attention'}
      title={problemTitle(problem.problem, language)}
      actions={actions}
      announced
    >
      {hint ? <p>{hint}</p> : null}
      {children}
      {call && !alreadySaid ? (
        <p>
          {t.callWhom(call.name)} <PhoneLink phone={call.phone} />
        </p>
      ) : null}
      <p className="faint">
        {t.code} <code>{code}</code>
        {requestId ? (
          <>
            {' · '}
            {t.requestId} <code>{requestId}</code>
          </>
        ) : null}
      </p>
    </Alert>
  );
}
