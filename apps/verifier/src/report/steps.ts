import type { BundleVerdict } from '@hufu/ledger';
import { EVIDENCE_REASONS, type EvidenceStep, type EvidenceStepName, type StepState } from '@hufu/ledger';
import type { ReportLine } from './model.ts';
import type { Words } from './words.ts';

const STEP_NAMES: Readonly<Record<EvidenceStepName, Words>> = {
  statement: { zh: '存证内容完整', en: 'The statement is whole' },
  disclosures: { zh: '披露字段与存证时一致', en: 'Disclosed fields are those of the statement' },
  leaf: { zh: '日志条目属于这条存证', en: 'The leaf of the log is of this statement' },
  submitter: { zh: '提交方签名', en: 'Signature of the submitter' },
  checkpoint: { zh: '日志签名', en: 'Signature of the log' },
  inclusion: { zh: '已入账（包含证明）', en: 'Entered in the log (proof of inclusion)' },
  sm2: { zh: '日志国密签名（SM2）', en: 'SM2 signature of the log' },
  witnesses: { zh: '已见证（见证方数量）', en: 'Witnessed (quorum)' },
  time: { zh: '所述时间不晚于见证时间', en: 'The stated time is not after the witnesses’' },
  sigsum: { zh: '附带的 Sigsum 证明一致', en: 'The Sigsum proof says the same' },
  'time-stamp': { zh: '可信时间戳', en: 'Trusted time-stamp' },
  anchor: { zh: '已上链', en: 'Anchored on a chain' },
};

export const STATE_NAMES: Readonly<Record<StepState, Words>> = {
  valid: { zh: '通过', en: 'passed' },
  invalid: { zh: '不通过', en: 'failed' },
  indeterminate: { zh: '无法判定', en: 'undecided' },
  absent: { zh: '未附带', en: 'absent' },
};

function explanation({ state, reason }: EvidenceStep): Words {
  const name = STATE_NAMES[state];
  const why = reason === undefined ? undefined : EVIDENCE_REASONS[reason];
  if (why === undefined) return name;
  // What is absent says so itself.
  return state === 'absent' ? why : { zh: `${name.zh}：${why.zh}`, en: `${name.en}: ${why.en}` };
}

export const stepLines = ({ steps }: BundleVerdict): ReportLine[] =>
  steps.map((step) => ({ label: STEP_NAMES[step.step], value: explanation(step), state: step.state }));
