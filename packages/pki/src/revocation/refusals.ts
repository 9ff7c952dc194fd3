import type { ErrorEntry } from '@hufu/kernel';

/** A refusal's line in the register, with an optional second line whose `{names}` are typed fields. */
export type RefusalEntry = ErrorEntry & { readonly detail?: { readonly zh: string; readonly en: string } };

const MSG_07 = {
  zh: '该证书已被吊销，请联系CA签发机构',
  en: 'This certificate has been revoked; please contact the issuing CA',
} as const;
const MSG_22 = {
  zh: '该CA数字证书不在本区CA互认范围内，请使用自治区内已加入全区CA互认的CA数字证书',
  en: 'This certificate is outside the mutual recognition of this region; please use one from a CA that has joined it',
} as const;

/**
 * Why a certificate is refused: code → texts. HUB-054: revoked, expired and lost share the manual's first line
 * (MSG-07); the second names the actual cause, its date and whom to call.
 */
export const CERTIFICATE_REFUSALS = {
  CERTIFICATE_REVOKED: {
    status: 403,
    ...MSG_07,
    retry: 'never',
    detail: {
      zh: '证书已于 {since} 被吊销（已吊销）。签发机构：{authority}，电话：{phone}',
      en: 'Revoked on {since}. Issuing CA: {authority}, phone {phone}',
    },
  },
  CERTIFICATE_EXPIRED: {
    status: 403,
    ...MSG_07,
    retry: 'never',
    detail: {
      zh: '证书已于 {since} 到期（已过期），请办理续期。签发机构：{authority}，电话：{phone}',
      en: 'Expired on {since}; please have it renewed. Issuing CA: {authority}, phone {phone}',
    },
  },
  CERTIFICATE_ON_HOLD: {
    status: 403,
    ...MSG_07,
    retry: 'never',
    detail: {
      zh: '证书已于 {since} 挂失（已挂失），找回后请到签发机构解除挂失。签发机构：{authority}，电话：{phone}',
      en: 'Reported lost on {since}; once found, have the CA lift the hold. Issuing CA: {authority}, phone {phone}',
    },
  },
  CERTIFICATE_NOT_YET_VALID: {
    status: 403,
    zh: '该证书尚未生效',
    en: 'This certificate is not valid yet',
    retry: 'later',
    detail: {
      zh: '证书自 {since} 起生效。签发机构：{authority}，电话：{phone}',
      en: 'It becomes valid on {since}. Issuing CA: {authority}, phone {phone}',
    },
  },
  CERTIFICATE_CA_UNRECOGNISED: {
    status: 403,
    ...MSG_22,
    retry: 'never',
    detail: {
      zh: '该证书的签发机构未被认可，可在“CA厂商联系方式”中查看已加入互认的机构',
      en: 'Its issuer is not recognised; the contact list shows which CAs have joined',
    },
  },
  CERTIFICATE_CA_FOREIGN: {
    status: 403,
    ...MSG_22,
    retry: 'never',
    detail: {
      zh: '{authority} 不是自治区内的签发机构，电话：{phone}',
      en: '{authority} issues certificates outside this region; phone {phone}',
    },
  },
  CERTIFICATE_CA_NOT_JOINED: {
    status: 403,
    ...MSG_22,
    retry: 'never',
    detail: {
      zh: '{authority} 尚未加入全区CA互认，电话：{phone}',
      en: '{authority} has not joined the mutual recognition; phone {phone}',
    },
  },
  CERTIFICATE_CA_SUSPENDED: {
    status: 403,
    zh: '该证书的签发机构已被暂停互认，暂不能使用',
    en: 'The recognition of the issuing CA is suspended; its certificates cannot be used for now',
    retry: 'later',
    detail: {
      zh: '{authority} 自 {since} 起暂停互认，电话：{phone}',
      en: '{authority} has been suspended since {since}; phone {phone}',
    },
  },
  CERTIFICATE_CA_REVOKED: {
    status: 403,
    zh: '签发该证书的CA证书已被吊销，请联系CA签发机构',
    en: 'The CA certificate above this one has been revoked; please contact the issuing CA',
    retry: 'never',
    detail: {
      zh: '签发机构：{authority}，电话：{phone}',
      en: 'Issuing CA: {authority}, phone {phone}',
    },
  },
  CERTIFICATE_PATH_INVALID: {
    status: 403,
    zh: '该证书的证书链校验不通过，请联系CA签发机构',
    en: 'The chain of this certificate does not hold; please contact the issuing CA',
    retry: 'never',
    detail: {
      zh: '签发机构：{authority}，电话：{phone}',
      en: 'Issuing CA: {authority}, phone {phone}',
    },
  },
  CERTIFICATE_WEAK_ALGORITHM: {
    status: 403,
    zh: '该证书使用的密码算法强度不足，请联系CA签发机构更换',
    en: 'This certificate uses a weak algorithm; please have the issuing CA replace it',
    retry: 'never',
    detail: {
      zh: '不接受 SHA-1、MD5 与 2048 位以下的 RSA。签发机构：{authority}，电话：{phone}',
      en: 'SHA-1, MD5 and RSA below 2048 bits are refused. Issuing CA: {authority}, phone {phone}',
    },
  },
  CERTIFICATE_WRONG_USAGE: {
    status: 403,
    zh: '该证书不能用于签名登录，请选择签名证书',
    en: 'This certificate is not meant for signing in; please choose the signature certificate',
    retry: 'corrected',
  },
  CERTIFICATE_MALFORMED: {
    status: 400,
    zh: '无法识别该证书',
    en: 'This certificate cannot be read',
    retry: 'corrected',
  },
  CERTIFICATE_STATUS_SLOW: {
    status: 503,
    zh: 'CA签发机构响应过慢，暂时无法确认证书状态，请稍后再试',
    en: 'The issuing CA is too slow to answer; the status of the certificate is unknown for now, please try later',
    retry: 'later',
    detail: {
      zh: '{authority} 在 {budgetSeconds} 秒内没有答复，电话：{phone}',
      en: '{authority} did not answer within {budgetSeconds} seconds; phone {phone}',
    },
  },
  CERTIFICATE_STATUS_UNREACHABLE: {
    status: 503,
    zh: 'CA签发机构的证书状态服务暂不可用，请稍后再试',
    en: 'The status service of the issuing CA cannot be reached; please try later',
    retry: 'later',
    detail: {
      zh: '签发机构：{authority}，电话：{phone}',
      en: 'Issuing CA: {authority}, phone {phone}',
    },
  },
  CERTIFICATE_STATUS_STALE: {
    status: 503,
    zh: 'CA签发机构的证书状态信息已过期，暂时无法确认证书状态',
    en: 'The status information of the issuing CA is out of date; the status of the certificate is unknown for now',
    retry: 'later',
    detail: {
      zh: '{authority} 的状态信息于 {since} 到期，电话：{phone}',
      en: 'What {authority} published ran out on {since}; phone {phone}',
    },
  },
  CERTIFICATE_STATUS_UNTRUSTED: {
    status: 503,
    zh: 'CA签发机构返回的证书状态不可信，暂时无法确认证书状态',
    en: 'The answer of the issuing CA cannot be trusted; the status of the certificate is unknown for now',
    retry: 'later',
    detail: {
      zh: '签发机构：{authority}，电话：{phone}',
      en: 'Issuing CA: {authority}, phone {phone}',
    },
  },
  CERTIFICATE_STATUS_UNAVAILABLE: {
    status: 503,
    zh: 'CA签发机构未提供证书状态，无法确认证书是否有效',
    en: 'The issuing CA publishes no status for this certificate, so that its validity cannot be established',
    retry: 'later',
    detail: {
      zh: '签发机构：{authority}，电话：{phone}',
      en: 'Issuing CA: {authority}, phone {phone}',
    },
  },
  CERTIFICATE_NOT_ISSUED: {
    status: 403,
    zh: 'CA签发机构没有签发过该证书，请联系CA签发机构',
    en: 'The CA states that it never issued this certificate; please contact it',
    retry: 'never',
    detail: {
      zh: '签发机构：{authority}，电话：{phone}',
      en: 'Issuing CA: {authority}, phone {phone}',
    },
  },
} as const satisfies Readonly<Record<string, RefusalEntry>>;

export type RefusalCode = keyof typeof CERTIFICATE_REFUSALS;

/** The second line of a refusal with its fields filled in; undefined when there is none or a field is missing. */
export function refusalDetail(
  code: RefusalCode,
  language: 'zh' | 'en',
  fields: Readonly<Record<string, unknown>>,
): string | undefined {
  const entry: RefusalEntry = CERTIFICATE_REFUSALS[code];
  let complete = true;
  const text = entry.detail?.[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = fields[name];
    if (value === undefined) complete = false;
    return String(value);
  });
  return complete ? text : undefined;
}
