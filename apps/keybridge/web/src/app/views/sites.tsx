import { useState } from 'react';
import { fill, formatDate } from '../../shared/language.ts';
import { own } from '../../shared/own-api.ts';
import { useTexts } from '../context.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Notice, ProblemNotice } from '../ui/notice.tsx';
import { useLoad } from '../use-load.ts';

type Site = { readonly origin: string; readonly title?: string; readonly approvedAt: string };

/** 已授权网站: who may ask for the use of a key. */
export function SitesView() {
  const { sites: t, loading } = useTexts();
  const { data, problem, reload } = useLoad(() => own<{ sites: readonly Site[] }>('/sites'));
  const [asking, setAsking] = useState<string>();
  const [revoked, setRevoked] = useState<string>();
  if (data === undefined)
    return problem === undefined ? <p>{loading}</p> : <ProblemNotice problem={problem} />;
  const revoke = async (origin: string): Promise<void> => {
    setAsking(undefined);
    await own('/sites/revoke', { origin });
    setRevoked(origin);
    await reload();
  };
  return (
    <section className="stack">
      <p>{t.intro}</p>
      {revoked === undefined ? null : <Notice kind="good">{fill(t.revoked, { origin: revoked })}</Notice>}
      {data.sites.length === 0 ? <p>{t.none}</p> : null}
      <ul className="plain stack-tight">
        {data.sites.map(({ origin, title, approvedAt }) => (
          <li key={`${origin} ${approvedAt}`} className="card row spread">
            <div>
              <p className="code strong">{origin}</p>
              <p className="soft">
                {title === undefined ? '' : `${title} · `}
                {t.since} {formatDate(approvedAt)}
              </p>
            </div>
            <button type="button" className="danger" onClick={() => setAsking(origin)}>
              {t.revoke}
              <span className="hidden"> {origin}</span>
            </button>
          </li>
        ))}
      </ul>
      {asking === undefined ? null : (
        <Confirm
          text={fill(t.confirm, { origin: asking })}
          action={t.revoke}
          onConfirm={() => void revoke(asking)}
          onCancel={() => setAsking(undefined)}
        />
      )}
    </section>
  );
}
