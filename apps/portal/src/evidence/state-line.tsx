import type { EvidenceStamp } from '@hufu/contracts';
import type { ReactNode } from 'react';
import { second } from '../format/dates.ts';
import { evidence } from '../i18n/evidence.ts';
import { useTexts } from '../i18n/language.tsx';
import { Icon } from '../ui/icon.tsx';

/** 已入账 → 已见证 → 已上链 (OD-19): each with its time, or what it waits for. */
export function StateLine({ stamp }: { stamp: EvidenceStamp }) {
  const t = useTexts(evidence);
  const { log, checkpoint, anchor, anchoring, chainConfigured } = stamp;
  const waiting = t.pending;
  return (
    <ol className="stamp-line" aria-label={t.progress}>
      <Step name={t.steps.LOGGED} meaning={t.meanings.LOGGED} at={log?.at} waiting={waiting} />
      <Step
        name={t.steps.WITNESSED}
        meaning={t.meanings.WITNESSED(stamp.quorum)}
        at={checkpoint?.confirmedAt ?? undefined}
        waiting={waiting}
      />
      <Step
        name={t.steps.ANCHORED}
        meaning={t.meanings.ANCHORED}
        at={anchor?.at}
        waiting={chainConfigured ? (anchoring?.problem ? t.chainProblem : waiting) : t.noChain}
      />
    </ol>
  );
}

type StepProps = { name: string; meaning: string; at: string | undefined; waiting: ReactNode };

function Step({ name, meaning, at, waiting }: StepProps) {
  return (
    <li className={at === undefined ? 'stamp-step' : 'stamp-step stamp-step-done'}>
      <span className="stamp-dot" aria-hidden="true">
        <Icon name={at === undefined ? 'clock' : 'check'} size={16} />
      </span>
      <span className="stamp-name">{name}</span>
      <span className="figures">{at === undefined ? waiting : <time dateTime={at}>{second(at)}</time>}</span>
      <span className="faint">{meaning}</span>
    </li>
  );
}
