import type { EvidenceStamp } from '@hufu/contracts';
import type { ReactNode } from 'react';
import { second } from '../format/dates.ts';
import { common } from '../i18n/common.ts';
import { evidence } from '../i18n/evidence.ts';
import { evidenceFacts } from '../i18n/evidence-facts.ts';
import { useTexts } from '../i18n/language.tsx';
import { CodeText } from '../ui/code-text.tsx';
import { type Fact, Facts } from '../ui/facts.tsx';
import { FactValue, wordOf } from './fact-value.tsx';
import { StateLine } from './state-line.tsx';
import './evidence.css';

/** Digests are read in groups of eight, as people compare them. */
const DIGEST = Array.from({ length: 8 }, () => 8);

type Field = EvidenceStamp['disclosures'][number];
type StampProps = { stamp: EvidenceStamp; fieldAction?: ((field: Field) => ReactNode) | undefined };

/** 上链信息戳 (LIB-PROJ-21, OD-19). */
export function Stamp({ stamp, fieldAction }: StampProps) {
  return (
    <div className="stack">
      <StateLine stamp={stamp} />
      <Content stamp={stamp} fieldAction={fieldAction} />
      <Place stamp={stamp} />
      <Witnesses stamp={stamp} />
      <Chain stamp={stamp} />
    </div>
  );
}

function Content({ stamp, fieldAction }: StampProps) {
  const t = useTexts(evidence);
  const personal = useTexts(evidenceFacts);
  const kind = (name: string) => wordOf(t.kinds, name);
  const { actor, subject, facts, disclosures } = stamp;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t.content}</h2>
      </div>
      <div className="stack-tight">
        <Facts
          facts={[
            { label: t.at, value: <time>{second(stamp.at)}</time> },
            { label: t.actor, value: `${kind(actor.kind)} ${actor.id}` },
            { label: t.subject, value: `${kind(subject.kind)} ${subject.id} · ${t.seq(stamp.seq)}` },
          ]}
        />
        {Object.keys(facts).length > 0 ? (
          <>
            <h3>{t.facts}</h3>
            <Facts
              compact
              facts={Object.entries(facts).map(([name, value]) =>
                fact(wordOf(t.factNames, name), <FactValue value={value} />),
              )}
            />
          </>
        ) : null}
        {disclosures.length > 0 ? (
          <>
            <h3>{t.disclosures}</h3>
            <Facts
              compact
              facts={disclosures.map((field) =>
                fact(
                  wordOf({ ...personal, ...t.factNames }, field.name),
                  <span className="row">
                    <Disclosure field={field} />
                    {fieldAction?.(field)}
                  </span>,
                ),
              )}
            />
          </>
        ) : null}
      </div>
    </section>
  );
}

const fact = (name: string, value: ReactNode): Fact => ({ label: name, value });

function Disclosure({ field }: { field: Field }) {
  const t = useTexts(evidence);
  if (field.erasedAt !== null) return <span className="faint">{t.erased(second(field.erasedAt))}</span>;
  if (field.value === null) return <span className="faint">{t.withheld}</span>;
  return <FactValue value={field.value} />;
}

function Place({ stamp }: { stamp: EvidenceStamp }) {
  const t = useTexts(evidence);
  const { digests, previous, log, checkpoint } = stamp;
  const hash = (label: string, value: string): Fact => ({
    label,
    value: <CodeText value={value} pattern={DIGEST} copyable />,
    wide: true,
  });
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t.digests}</h2>
      </div>
      <Facts
        compact
        facts={[
          hash(t.sha256, digests.sha256),
          hash(t.sm3, digests.sm3),
          previous === null ? { label: t.previous, value: t.first, wide: true } : hash(t.previous, previous),
          { label: t.index, value: log === null ? t.pending : <CodeText value={String(log.index)} /> },
          ...(log === null ? [] : [hash(t.leaf, log.leafHash)]),
          {
            label: t.checkpoint,
            value: checkpoint === null ? t.pending : t.size(checkpoint.size),
          },
          ...(checkpoint === null ? [] : [hash(t.root, checkpoint.root)]),
        ]}
      />
    </section>
  );
}

function Witnesses({ stamp }: { stamp: EvidenceStamp }) {
  const t = useTexts(evidence);
  const texts = useTexts(common);
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t.witnesses}</h2>
      </div>
      {stamp.witnesses.length === 0 ? <p className="faint">{texts.none}</p> : null}
      <Facts
        compact
        facts={stamp.witnesses.map(({ name, at }) =>
          fact(name, at === null ? t.notYet : <time>{second(at)}</time>),
        )}
      />
    </section>
  );
}

function Chain({ stamp }: { stamp: EvidenceStamp }) {
  const t = useTexts(evidence);
  const { anchor, timeStamp, chainConfigured } = stamp;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t.chain}</h2>
      </div>
      <Facts
        compact
        facts={[
          ...(anchor === null
            ? [{ label: t.chain, value: chainConfigured ? t.pending : t.noChain }]
            : [
                { label: t.chainName, value: `${anchor.chain.name} (${anchor.chain.id})` },
                { label: t.block, value: <CodeText value={String(anchor.block)} /> },
                { label: t.blockTime, value: <time>{second(anchor.at)}</time> },
                { label: t.contract, value: <CodeText value={anchor.chain.contract} copyable />, wide: true },
                { label: t.transaction, value: <CodeText value={anchor.transaction} copyable />, wide: true },
              ]),
          {
            label: t.timeStamp,
            value: timeStamp === null ? t.noTimeStamp : <time>{second(timeStamp.at)}</time>,
          },
        ]}
      />
    </section>
  );
}
