import { useEffect, useState } from 'react';
import type { CheckItem } from '../../../../src/checks/check-item.ts';
import { fill } from '../../shared/language.ts';
import { OwnProblem, own } from '../../shared/own-api.ts';
import { useTexts } from '../context.ts';
import { Notice, ProblemNotice } from '../ui/notice.tsx';

type Item = Omit<CheckItem, 'item'> & { readonly item: CheckItem['item'] | 'browser' };

const SIGNS = { good: '✓', attention: '!', bad: '✕', unknown: '?' } as const;

/** Only the browser itself knows whether it asks before a site may reach this computer. */
async function browserItem(): Promise<Item> {
  let asks = false;
  for (const name of ['loopback-network', 'local-network-access']) {
    try {
      await navigator.permissions.query({ name: name as PermissionName });
      asks = true;
    } catch {
      // A browser that does not know the name refuses the query.
    }
  }
  const finding = asks ? 'asks' : 'quiet';
  return { item: 'browser', verdict: asks ? 'attention' : 'good', finding, repairable: false };
}

/** 一键检测 (AST-006). */
export function CheckView() {
  const t = useTexts().check;
  const loading = useTexts().loading;
  const [items, setItems] = useState<readonly Item[]>();
  const [problem, setProblem] = useState<OwnProblem>();
  const [isBusy, setBusy] = useState(true);

  const run = async (ask: Promise<{ items: readonly CheckItem[] }>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const [answer, browser] = await Promise.all([ask, browserItem()]);
      setItems([...answer.items, browser]);
    } catch (error) {
      if (!(error instanceof OwnProblem)) throw error;
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the view opens
  useEffect(() => void run(own('/checks')), []);

  const open = (items ?? []).filter(({ verdict, item }) => verdict !== 'good' && item !== 'browser').length;
  return (
    <section className="stack">
      <p>{t.intro}</p>
      <div className="row">
        <button type="button" className="primary" disabled={isBusy} onClick={() => void run(own('/checks'))}>
          {isBusy ? loading : t.again}
        </button>
      </div>
      <ProblemNotice problem={problem} />
      {items === undefined ? null : (
        <>
          <Notice kind={open === 0 ? 'good' : 'attention'}>
            {open === 0 ? t.summaryGood : fill(t.summaryBad, { count: open })}
          </Notice>
          <ul className="checks card">
            {items.map((item) => (
              <li key={item.item}>
                <span className={`verdict ${item.verdict}`}>
                  <span aria-hidden="true">{SIGNS[item.verdict]}</span> {t.verdicts[item.verdict]}
                </span>
                <span className="check-name">{t.items[item.item]}</span>
                <span className="check-finding">{findingText(t.findings, item)}</span>
                {item.repairable ? (
                  <button
                    type="button"
                    disabled={isBusy}
                    onClick={() => void run(own('/checks/repair', { item: item.item }))}
                  >
                    {t.repair}
                  </button>
                ) : null}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function findingText(texts: Readonly<Record<string, string>>, { item, finding, fields }: Item): string {
  return fill(texts[`${item}.${finding}`] ?? finding, fields);
}
