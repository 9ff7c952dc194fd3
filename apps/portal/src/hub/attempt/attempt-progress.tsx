import type { Attempt } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { authoritiesQuery } from '../../api/site.ts';
import { useTexts } from '../../i18n/language.tsx';
import { login } from '../../i18n/login.ts';
import { Icon } from '../../ui/icon.tsx';
import { PhoneLink } from '../../ui/phone-link.tsx';

const STEPS = ['SIGNATURE', 'PATH', 'REVOCATION', 'BINDING'] as const;
/** After this many seconds the page names the authority and its telephone. */
const SLOW_AFTER = 3;

type AttemptProgressProps = { attempt: Attempt | undefined; since: number };

/** What is being checked, and, when an authority is slow, which one, for how long, and whom to ask (HUB-056). */
export function AttemptProgress({ attempt, since }: AttemptProgressProps) {
  const t = useTexts(login).progress;
  const seconds = useSeconds(since);
  const { data: authorities } = useQuery(authoritiesQuery);
  const limit = Math.round((attempt?.budgetMs ?? 60_000) / 1000);
  const authority = authorities?.find((one) => one.name === attempt?.authorityName);
  const current = attempt ? STEPS.indexOf(attempt.step) : -1;
  return (
    <section className="card attempt">
      <h2 className="panel-title">{t.title}</h2>
      <div className="attempt-bar" aria-hidden="true">
        <span style={{ width: `${Math.min(96, 8 + (seconds / limit) * 88)}%` }} />
      </div>
      <ul className="attempt-steps">
        {attempt === undefined ? (
          <li aria-current="step">
            <span className="spinner" aria-hidden="true" />
            {t.sent}
          </li>
        ) : (
          STEPS.slice(0, current + 1).map((step, index) => (
            <li key={step} aria-current={index === current ? 'step' : undefined}>
              {index === current ? (
                <span className="spinner" aria-hidden="true" />
              ) : (
                <Icon name="check" size={16} />
              )}
              {t[step]}
            </li>
          ))
        )}
      </ul>
      {attempt?.authorityName && seconds >= SLOW_AFTER ? (
        <div>
          <p className="figures" role="status">
            {t.waiting(attempt.authorityName, seconds, limit)}
          </p>
          <p>{t.patience}</p>
          {authority ? (
            <p className="faint">
              {t.askAuthority} {authority.name} <PhoneLink phone={authority.phone} />
            </p>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

function useSeconds(since: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.round((now - since) / 1000));
}
