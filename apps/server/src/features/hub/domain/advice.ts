import type { Language } from '../../../infra/http/language.ts';

/** What a holder is told beside a successful login. */
const ADVICE: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  CERTIFICATE_RENEWED: {
    zh: '已识别您续期后的证书，无需重新绑定。',
    en: 'Your renewed certificate was recognised; it need not be bound again.',
  },
  TRUST_GRACE_USED: {
    zh: '签发机构的吊销状态暂未更新，本次按宽限策略放行，请留意该机构通知。',
    en: 'The issuer’s revocation status is overdue; you were let in under its grace policy.',
  },
  CERTIFICATE_EXPIRING: {
    zh: '您的证书将在30天内到期，请尽快办理续期。',
    en: 'Your certificate expires within 30 days. Have it renewed soon.',
  },
};

export const adviceWords = (codes: readonly string[], language: Language) =>
  codes.flatMap((code) => {
    const words = ADVICE[code];
    return words === undefined ? [] : [{ code, message: words[language] }];
  });
