import { useContext } from 'react';
import type { Upgrade } from '../../../../src/checks/upgrade.ts';
import { fill } from '../../shared/language.ts';
import { own } from '../../shared/own-api.ts';
import { OverviewContext, useTexts } from '../context.ts';
import { Notice, ProblemNotice } from '../ui/notice.tsx';
import { useLoad } from '../use-load.ts';

/** 软件升级 (AST-013). */
export function UpgradeView() {
  const { upgrade: t, loading, retry } = useTexts();
  const overview = useContext(OverviewContext);
  const { data, problem, reload, isBusy } = useLoad(() => own<Upgrade>('/upgrade'));
  return (
    <section className="stack">
      <p>{t.intro}</p>
      <dl className="facts">
        <dt>{t.installed}</dt>
        <dd className="code">{overview?.version}</dd>
      </dl>
      <ProblemNotice problem={problem} />
      {data === undefined ? <p>{loading}</p> : <Found upgrade={data} />}
      <div className="row">
        <button type="button" disabled={isBusy} onClick={() => void reload()}>
          {retry}
        </button>
      </div>
    </section>
  );
}

function Found({ upgrade }: { readonly upgrade: Upgrade }) {
  const { upgrade: t } = useTexts();
  if (upgrade.state === 'current') return <Notice kind="good">{t.current}</Notice>;
  if (upgrade.state === 'unknown') return <Notice kind="attention">{t.unknown}</Notice>;
  return (
    <>
      <Notice kind="info">{fill(t.available, { version: upgrade.version })}</Notice>
      <p>
        <a href={upgrade.url}>{t.download}</a>
      </p>
      <dl className="facts">
        <dt>{t.checksum}</dt>
        <dd className="code">{upgrade.sha256}</dd>
      </dl>
    </>
  );
}
