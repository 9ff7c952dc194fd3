import type { Language } from '../../../infra/http/language.ts';

/** What a notice tells of. Never names or numbers of persons: every holder of a key of the enterprise reads it. */
export type NoticeFacts = Readonly<Record<string, string | number | null>>;
export type NewNoticeText = { readonly kind: NoticeKind; readonly facts: NoticeFacts };
export type NoticeWords = { readonly title: string; readonly body: string; readonly href: string | null };

export type NoticeKind =
  | 'CERTIFICATE_RENEWED'
  | 'CERTIFICATE_ACTIVATED'
  | 'CERTIFICATE_REMOVED'
  | 'UNBIND_APPLIED'
  | 'UNBIND_DONE'
  | 'SIGNING_TURN';

type Wording = Readonly<Record<Language, (facts: NoticeFacts) => { title: string; body: string }>> & {
  readonly href: (facts: NoticeFacts) => string | null;
};

const PROFILE = () => '/me';

const when = (at: unknown, language: Language): string =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(Number(at));

const WORDINGS: Readonly<Record<NoticeKind, Wording>> = {
  CERTIFICATE_RENEWED: {
    zh: (facts) => ({
      title: '已识别续期后的证书',
      body: `证书Key号 ${facts['certKeyNo']} 的证书已续期，有效期至 ${when(facts['validTo'], 'zh')}，无需重新绑定。如非本单位办理，请联系CA签发机构。`,
    }),
    en: (facts) => ({
      title: 'A renewed certificate was recognised',
      body: `The certificate with key number ${facts['certKeyNo']} was renewed until ${when(facts['validTo'], 'en')}; it need not be bound again. If nobody in your company had it renewed, contact the issuing CA.`,
    }),
    href: PROFILE,
  },
  CERTIFICATE_ACTIVATED: {
    zh: (facts) => ({
      title: '已激活新的副锁',
      body: `${when(facts['at'], 'zh')} 使用主锁激活了证书Key号为 ${facts['certKeyNo']} 的副锁。`,
    }),
    en: (facts) => ({
      title: 'A secondary key was activated',
      body: `On ${when(facts['at'], 'en')} the secondary key with key number ${facts['certKeyNo']} was activated with the primary key.`,
    }),
    href: PROFILE,
  },
  CERTIFICATE_REMOVED: {
    zh: (facts) => ({
      title: '副锁已解除绑定',
      body: `${when(facts['at'], 'zh')} 使用主锁解除了证书Key号为 ${facts['certKeyNo']} 的副锁。`,
    }),
    en: (facts) => ({
      title: 'A secondary key was unbound',
      body: `On ${when(facts['at'], 'en')} the secondary key with key number ${facts['certKeyNo']} was unbound with the primary key.`,
    }),
    href: PROFILE,
  },
  UNBIND_APPLIED: {
    zh: (facts) => ({
      title: '有人为本单位申请CA证书解绑',
      body: `${when(facts['at'], 'zh')} 收到解绑申请 ${facts['reference']}，涉及证书Key号 ${facts['certKeyNo']}。如非本单位办理，请立即提出异议，申请将停止办理。`,
    }),
    en: (facts) => ({
      title: 'Somebody applied to unbind a certificate of your company',
      body: `On ${when(facts['at'], 'en')} application ${facts['reference']} arrived, about the key with number ${facts['certKeyNo']}. If your company did not apply, object at once: that stops it.`,
    }),
    href: (facts) => `/notices/unbind/${facts['applicationId']}`,
  },
  UNBIND_DONE: {
    zh: (facts) => ({
      title: 'CA证书解绑已完成',
      body:
        facts['promotedKeyNo'] === null
          ? `解绑申请 ${facts['reference']} 已办结。`
          : `解绑申请 ${facts['reference']} 已办结，原主锁已解绑，证书Key号 ${facts['promotedKeyNo']} 的证书已成为主锁。`,
    }),
    en: (facts) => ({
      title: 'The unbinding is done',
      body:
        facts['promotedKeyNo'] === null
          ? `Application ${facts['reference']} is done.`
          : `Application ${facts['reference']} is done: the old primary key is unbound, and the key with number ${facts['promotedKeyNo']} is the primary now.`,
    }),
    href: PROFILE,
  },
  SIGNING_TURN: {
    zh: (facts) => ({
      title: '有文件待本单位签章',
      body: `${facts['sender']} 发起的文件已轮到本单位签章。`,
    }),
    en: (facts) => ({
      title: 'A document waits for your seal',
      body: `It is your company's turn to seal a document that ${facts['sender']} sent.`,
    }),
    href: (facts) => `/signing/${facts['taskId']}`,
  },
};

/** @returns the words of a stored notice in the reader's language */
export function noticeWords(notice: { kind: string; facts: NoticeFacts }, language: Language): NoticeWords {
  const wording = WORDINGS[notice.kind as NoticeKind];
  return { ...wording[language](notice.facts), href: wording.href(notice.facts) };
}
