import type { Mail } from '../../../infra/mail/mail.ts';
import type { Told } from '../face.ts';
import { kindName, type Language, type Reading, textOf } from './messages.ts';

/** As many of a kind are told one by one. */
const MOST_LINES = 20;

const ENDS: Readonly<Record<Language, string>> = {
  zh: '此邮件由系统发出，请勿直接回复。可在主体信息库“提醒设置”中更改接收内容或邮箱。',
  en: 'This mail was sent by the system; please do not reply. What is sent, and where to, is set in the entity library.',
};

export type Digest = {
  readonly to: string;
  readonly warnings: readonly Told[];
  /** Of the library's home page. */
  readonly url: string;
};

/** What has happened since the last one, kind by kind: types, days and platforms; no name of a person, no number. */
export function digestMail({ to, warnings, url }: Digest, reading: Reading): Mail {
  const { language } = reading;
  const kinds = [...new Set(warnings.map(({ kind }) => kind))];
  const blocks = kinds.map((kind) => {
    const texts = warnings.filter((one) => one.kind === kind).map((one) => textOf(one, reading));
    const counted = [...new Set(texts)].map((text) => {
      const times = texts.filter((one) => one === text).length;
      return times === 1 ? `· ${text}` : `· ${text} ×${times}`;
    });
    const lines = counted.slice(0, MOST_LINES);
    const more = counted.length - lines.length;
    const rest = language === 'zh' ? `  另有 ${more} 项` : `  and ${more} more`;
    return [kindName(kind, language), ...lines, ...(more > 0 ? [rest] : [])].join('\n');
  });
  const subject =
    language === 'zh'
      ? `主体信息库提醒：${warnings.length} 项`
      : `Entity library: ${warnings.length} ${warnings.length === 1 ? 'notice' : 'notices'}`;
  return { to, subject, text: `${blocks.join('\n\n')}\n\n${url}\n\n${ENDS[language]}` };
}

/** Minutes for which a code holds. */
export const CODE_MINUTES = 30;

export const codeMail = (to: string, code: string, language: Language): Mail => ({
  to,
  ...(language === 'zh'
    ? {
        subject: '主体信息库：邮箱验证码',
        text: `验证码：${code}\n${CODE_MINUTES} 分钟内有效，用于确认接收主体信息库提醒的邮箱。\n如非本人操作，请忽略此邮件。\n\n${ENDS.zh}`,
      }
    : {
        subject: 'Entity library: code for this address',
        text: `Code: ${code}\nIt holds for ${CODE_MINUTES} minutes and confirms this address for notices of the entity library.\nIf you did not ask for it, ignore this mail.\n\n${ENDS.en}`,
      }),
});
