import type { Mail } from '../../../infra/mail/mail.ts';

export type Told = {
  readonly to: string;
  readonly title: string;
  readonly reference: string;
  /** The status page's secret link; only in the receipt, which alone knows it. */
  readonly statusUrl?: string;
};

const REASONS: Readonly<Record<string, string>> = {
  UNCLEAR: '图像不清晰',
  INCOMPLETE: '材料不完整',
  SKEWED: '图像偏斜',
  DISTORTED: '图像失真',
  NO_SEAL_ON_BLACK_AND_WHITE: '黑白营业执照未加盖企业公章',
  NAME_CHANGE_PENDING: '单位名称变更尚未办结',
  NAME_MISMATCH: '单位名称与绑定记录不一致',
  AUTHORISATION_INVALID: '法人授权委托书不符合要求',
  OTHER: '其他',
};

const signature =
  '\n\n此邮件由系统发出，请勿直接回复。\nThis mail was sent by the system; please do not reply.';

/** Mails to applicants (HUB-107): Chinese first, then the same in one English sentence. */
export const receiptMail = ({ to, title, reference, statusUrl }: Told, dueDate: string): Mail => ({
  to,
  subject: `已收到：${title}`,
  text: `您的申请“${title}”（编号 ${reference}）已收到，应于 ${dueDate} 办结。\n办理进度：${statusUrl}\n请妥善保管此链接，凭链接可查看和补正申请。\n\nYour application ${reference} was received and is due on ${dueDate}. Follow it by the link above; keep it secret.${signature}`,
});

export const doneMail = ({ to, title, reference }: Told): Mail => ({
  to,
  subject: `已办结：${title}`,
  text: `您的申请“${title}”（编号 ${reference}）已办结，证书已解除绑定。如该单位已无绑定的证书，可使用新的企业锁重新绑定。\n\nApplication ${reference} is done: the certificate is unbound. If none is left, a new enterprise key can be bound as the first.${signature}`,
});

export const rejectionMail = (
  { to, title, reference }: Told,
  { reasons, note }: { reasons: readonly string[]; note: string | null },
): Mail => {
  const lines = reasons.map((reason) => `· ${REASONS[reason] ?? reason}`);
  const remark = note ? `\n说明：${note}` : '';
  return {
    to,
    subject: `未通过：${title}`,
    text: `您的申请“${title}”（编号 ${reference}）未通过，原因：\n${lines.join('\n')}${remark}\n请按原因补正后，通过办理进度链接重新提交。\n\nApplication ${reference} was sent back for the reasons above. Correct it and submit it again by your status link.${signature}`,
  };
};

export const objectionMail = ({ to, title, reference }: Told): Mail => ({
  to,
  subject: `已暂停：${title}`,
  text: `该单位的其他证书持有人对您的申请“${title}”（编号 ${reference}）提出异议，申请已停止办理，请先在单位内部核实。\n\nThe holder of another key of the company objected to application ${reference}; it is stopped.${signature}`,
});
