import type { VerificationReport, VerifiedSignature } from '@hufu/contracts';
import { shanghaiParts } from '@hufu/kernel';
import { type Colour, typeset } from '../../../infra/pdf/typeset.ts';

const INK: Colour = [0x1d, 0x35, 0x40];
const PALE: Colour = [0x6b, 0x7a, 0x85];
type Style = 'title' | 'headline' | 'heading' | 'text' | 'small';
type Line = { readonly style: Style; readonly text: string };

const SIZE: Readonly<Record<Style, number>> = {
  title: 20,
  headline: 16,
  heading: 12.5,
  text: 10,
  small: 8.5,
};

const STATUS = {
  valid: '有效 valid',
  invalid: '无效 invalid',
  indeterminate: '无法确定 indeterminate',
} as const;
const KIND = { seal: '电子印章', signature: '电子签名', 'time-stamp': '文档时间戳' } as const;
const CHECK = { passed: '通过', failed: '不通过', unknown: '未知', note: '提示' } as const;

function when(iso: string | null): string {
  if (iso === null) return '—';
  const { date, time } = shanghaiParts(Date.parse(iso));
  return `${date} ${time}`;
}

const line = (style: Style, text: string): Line => ({ style, text });

function signatureLines(one: VerifiedSignature): Line[] {
  const { signer, seal } = one;
  return [
    line('heading', `${one.id}  ${KIND[one.kind]}：${STATUS[one.status]}`),
    ...one.reasons.map(({ zh, en, code }) => line('text', `${zh}（${en}；${code}）`)),
    ...(signer === null
      ? []
      : [
          line('text', `签署者 signer：${signer.subject}`),
          line('small', `颁发机构 issuer：${signer.issuer}；序列号 serial：${signer.serial}`),
          line('small', `证书 SHA-256：${signer.sha256}`),
        ]),
    ...(seal === null
      ? []
      : [line('text', `印章 seal：${seal.name}（${seal.number}），制章者 maker：${seal.maker}`)]),
    line(
      'text',
      `签署者所称时间 claimed：${when(one.claimedAt)}；时间戳证明的时间 proven：${when(one.provenAt)}`,
    ),
    ...(one.wholeFile === null
      ? []
      : [line('text', one.wholeFile ? '签名覆盖整个文件' : '签名之后文件还有后续版本')]),
    ...one.changes.map(({ reason, permitted, revision }) =>
      line('small', `后续改动（版本 ${revision + 1}，${permitted ? '允许' : '不允许'}）：${reason.zh}`),
    ),
    ...one.blocks.flatMap(({ block, status, checks }) => [
      line('small', `[${block}] ${CHECK[status]}`),
      ...checks
        .filter((check) => check.status !== 'passed')
        .map((check) =>
          line('small', `    ${check.check}：${CHECK[check.status]} ${check.reason?.zh ?? ''}`),
        ),
    ]),
  ];
}

function linesOf(report: VerificationReport): Line[] {
  return [
    line('title', '验章报告 Verification report'),
    line('headline', `${report.headline.zh}  ${report.headline.en}`),
    line('text', `验证时间 verified：${when(report.verifiedAt)}（北京时间）`),
    line(
      'text',
      `文件 file：${report.kind.toUpperCase()}，${report.size} 字节，${report.pages.length} 页，${Math.max(1, report.revisions.length)} 个版本`,
    ),
    line('small', `SHA-256：${report.sha256}`),
    line('small', `SM3：${report.sm3}`),
    ...report.reasons.map(({ zh, en }) => line('text', `${zh}（${en}）`)),
    ...report.signatures.flatMap(signatureLines),
    line(
      'small',
      '本报告由虎符依据互认信任列表在上述时间作出，只对具有上述摘要的文件有效；所验文件未被保存。',
    ),
  ];
}

const isWide = (style: Style): boolean => style === 'title' || style === 'headline' || style === 'heading';

/** The report for the files of a court: the clerk's line first, the tree after it. */
export const reportPdf = (report: VerificationReport): Promise<Uint8Array> =>
  typeset({
    title: '验章报告',
    createdAt: Date.parse(report.verifiedAt),
    margin: 56,
    lines: linesOf(report).map(({ style, text }) => ({
      text,
      size: SIZE[style],
      colour: style === 'small' ? PALE : INK,
      above: isWide(style) ? 0.8 : 0,
    })),
  });
