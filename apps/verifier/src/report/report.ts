import { statementName } from '@hufu/contracts/statement-types';
import { toHex } from '@hufu/kernel';
import type { BundleVerdict, FieldState, LogPolicy } from '@hufu/ledger';
import type { Report, ReportLine, ReportSection } from './model.ts';
import { moment } from './moment.ts';
import { plainText } from './plain-text.ts';
import { STATE_NAMES, stepLines } from './steps.ts';
import type { Words } from './words.ts';

const HEADLINES: Readonly<Record<Report['outcome'], Words>> = {
  valid: { zh: '证据有效', en: 'The evidence is valid' },
  invalid: { zh: '证据无效', en: 'The evidence is not valid' },
  indeterminate: { zh: '无法证实', en: 'The evidence cannot be confirmed' },
};

const SUMMARIES: Readonly<Record<Report['outcome'], Words>> = {
  valid: {
    zh: '该存证自入账以来未被改动，验证策略要求的见证方都已看到它。',
    en: 'The statement has not been changed since it was entered, and as many witnesses as the policy asks for have seen it.',
  },
  invalid: {
    zh: '至少一项检查不通过：文件被改动过，或不是它所称的内容。请勿采信。',
    en: 'At least one check failed: the file was changed, or is not what it claims. Do not rely on it.',
  },
  indeterminate: {
    zh: '没有发现改动，但按所用的验证策略尚不足以证实。请看下面「无法判定」的项目。',
    en: 'Nothing was found changed, but the policy in use cannot confirm it. See what is marked undecided below.',
  },
};

/** A line whose value may have come in a file. */
const line = (zh: string, en: string, value: ReportLine['value']): ReportLine => ({
  label: { zh: plainText(zh), en: plainText(en) },
  value: typeof value === 'string' ? plainText(value) : value,
});

const fixedLine = (zh: string, en: string, value: string): ReportLine => ({
  ...line(zh, en, value),
  fixed: true,
});

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function fieldLine(field: FieldState): ReportLine {
  if (field.state === 'disclosed') return line(field.name, field.name, shown(field.value));
  const value =
    field.state === 'erased'
      ? { zh: '已删除（证明仍然有效）', en: 'erased (the proof still holds)' }
      : { zh: '未提供', en: 'not provided' };
  return { label: { zh: '受保护字段', en: 'protected field' }, value };
}

function changeSection({ statement, fields, submitter }: BundleVerdict): ReportSection {
  const title = { zh: '发生了什么', en: 'What happened' };
  if (statement === undefined) return { title, lines: [] };
  const { type, subject, actor, time, seq, facts } = statement;
  return {
    title,
    lines: [
      line('事项', 'Act', statementName(type)),
      line('对象', 'Subject', `${subject.kind} ${subject.id}`),
      line('第几次变更', 'Number of this change', String(seq)),
      line('操作者', 'By', `${actor.kind} ${actor.id}`),
      line('所述时间', 'Stated time', moment(time)),
      ...(submitter === undefined ? [] : [line('提交方', 'Submitted by', submitter)]),
      ...Object.entries(facts).map(([name, value]) => line(name, name, shown(value))),
      ...fields.map(fieldLine),
    ],
  };
}

function witnessSection({ witnesses, timeStamps }: BundleVerdict): ReportSection {
  const states = {
    valid: STATE_NAMES.valid,
    absent: { zh: '没有签名', en: 'no signature' },
    wrong: { zh: '签名不正确', en: 'wrong signature' },
  } as const;
  return {
    title: { zh: '谁看到了，什么时候', en: 'Who saw it, and when' },
    lines: [
      ...witnesses.map(({ operator, state, time }): ReportLine => {
        const value = time === undefined ? states[state] : moment(time);
        const stepState = state === 'wrong' ? 'invalid' : state;
        return { ...line(`见证方：${operator}`, `Witness: ${operator}`, value), state: stepState };
      }),
      ...timeStamps.map(({ time, state }): ReportLine => {
        const value = time === undefined ? STATE_NAMES[state] : moment(time);
        return { label: { zh: '时间戳', en: 'Time-stamp' }, value, state };
      }),
    ],
  };
}

function anchorSection({ anchors }: BundleVerdict): ReportSection[] {
  if (anchors.length === 0) return [];
  const lines = anchors.flatMap((anchor) => [
    line('链', 'Chain', `${anchor.chain ?? '?'} (chainId ${anchor.chainId})`),
    fixedLine('合约', 'Contract', anchor.contract),
    fixedLine('交易', 'Transaction', anchor.transaction),
    line('区块', 'Block', `${anchor.blockNumber} · ${moment(anchor.blockTime)}`),
    line('检查点大小', 'Size of the checkpoint', String(anchor.head?.size ?? '?')),
    fixedLine('检查点摘要', 'Digest of the checkpoint', toHex(anchor.noteHash)),
  ]);
  const asked = anchors.every(({ reason }) => reason !== 'ANCHOR_OFFLINE');
  return [
    asked
      ? { title: { zh: '上链信息（已向节点核对）', en: 'On the chain (a node was asked)' }, lines }
      : {
          title: { zh: '上链信息（运营方所述）', en: 'On the chain (as the operator says)' },
          lines,
          note: {
            zh: '离线无法看到链。请用命令行工具的 --rpc 选项，向您自己信任的节点核对。',
            en: 'The chain cannot be seen offline: use --rpc of the command, with a node that you trust.',
          },
        },
  ];
}

function digestSection({ digests, index, head, leafHash, origin }: BundleVerdict): ReportSection {
  return {
    title: { zh: '技术数据', en: 'Technical data' },
    lines: [
      fixedLine('存证 SHA-256', 'SHA-256 of the statement', toHex(digests.sha256)),
      fixedLine('存证 SM3', 'SM3 of the statement', toHex(digests.sm3)),
      fixedLine('日志条目摘要', 'Hash of the leaf', toHex(leafHash)),
      ...(index === undefined ? [] : [line('日志序号', 'Index in the log', String(index))]),
      ...(head === undefined
        ? []
        : [
            line('检查点大小', 'Size of the checkpoint', String(head.size)),
            fixedLine('检查点根', 'Root of the checkpoint', toHex(head.root)),
          ]),
      ...(origin === undefined ? [] : [fixedLine('日志', 'Log', origin)]),
    ],
  };
}

/** Whose keys were used, and how the reader makes sure that they are the right ones. */
export type PolicyInUse = {
  readonly policy: LogPolicy;
  readonly sha256: Uint8Array;
  readonly sm3: Uint8Array;
};

export function policySection({ policy, sha256, sm3 }: PolicyInUse): ReportSection {
  const quorum = `${policy.quorum}/${policy.witnesses.length}`;
  return {
    title: { zh: '所用的验证策略', en: 'The policy in use' },
    lines: [
      line('发布者', 'Published by', policy.publisher),
      line('发布时间', 'Issued', moment(policy.issuedAt)),
      line('要求的见证方', 'Witnesses required', quorum),
      fixedLine('策略 SHA-256', 'SHA-256 of the policy', toHex(sha256)),
      fixedLine('策略 SM3', 'SM3 of the policy', toHex(sm3)),
    ],
    note: {
      zh: '请将上面的摘要与公告（报刊、公报、另一网站）公布的摘要核对：结论只与这份策略一样可信。',
      en: 'Compare this digest with the one that was published elsewhere (gazette, print, another site): the answer is only as good as the policy.',
    },
  };
}

export function makeReport(verdict: BundleVerdict, inUse: PolicyInUse): Report {
  const { outcome } = verdict;
  return {
    outcome,
    headline: HEADLINES[outcome],
    summary: SUMMARIES[outcome],
    sections: [
      changeSection(verdict),
      witnessSection(verdict),
      { title: { zh: '逐项检查', en: 'Checks' }, lines: stepLines(verdict) },
      ...anchorSection(verdict),
      policySection(inUse),
      digestSection(verdict),
    ],
  };
}
