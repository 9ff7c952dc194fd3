import { type ErrorRegister, errorFactory } from '@hufu/kernel';
import { CERTIFICATE_REFUSALS } from '@hufu/pki';

/** Why a certificate is refused (shared with the SDK), and what this feature's own operations refuse. */
export const TRUST_ERRORS = {
  ...CERTIFICATE_REFUSALS,
  TRUST_AUTHORITY_UNKNOWN: {
    status: 404,
    zh: '没有这家CA机构',
    en: 'There is no such certificate authority',
    retry: 'never',
  },
  TRUST_AUTHORITY_EXISTS: {
    status: 409,
    zh: '该CA机构编码已存在',
    en: 'An authority with this id exists already',
    retry: 'corrected',
  },
  TRUST_ISSUER_TAKEN: {
    status: 409,
    zh: '该签发证书已登记在另一家CA机构名下',
    en: 'This issuing certificate is registered for another authority',
    retry: 'corrected',
  },
  TRUST_CERTIFICATE_REFUSED: {
    status: 422,
    zh: 'CA证书不符合要求（须为有效的CA证书，且链可追溯到所登记的根证书）',
    en: 'A CA certificate is not fit: it must be a valid CA certificate with a path to a root given with it',
    retry: 'corrected',
  },
  TRUST_NO_ANCHOR: {
    status: 422,
    zh: '缺少自签名的根证书',
    en: 'There is no self-signed root certificate among them',
    retry: 'corrected',
  },
  TRUST_PROFILE_UNKNOWN: {
    status: 422,
    zh: '没有这个证书模板',
    en: 'There is no certificate profile of this name',
    retry: 'corrected',
  },
  TRUST_GRACE_BOUNDS: {
    status: 422,
    zh: '宽限必须同时设定时长与截止时间，截止时间不得超过30天',
    en: 'A grace needs a length and an end date, at most 30 days ahead',
    retry: 'corrected',
  },
  TRUST_STALE_CHANGE: {
    status: 409,
    zh: '提出后相关内容已变动，请重新提出',
    en: 'The authority changed since this was proposed; propose it anew',
    retry: 'corrected',
  },
  TRUST_NOT_ACTIVE: {
    status: 409,
    zh: '该CA机构已处于暂停状态',
    en: 'The authority is suspended already',
    retry: 'never',
  },
  TRUST_NOT_SUSPENDED: {
    status: 409,
    zh: '该CA机构未被暂停',
    en: 'The authority is not suspended',
    retry: 'never',
  },
  TRUST_JOINED_ALREADY: {
    status: 409,
    zh: '该CA机构已加入互认',
    en: 'The authority has joined already',
    retry: 'never',
  },
  TRUST_KEYS_UNPREPARED: {
    status: 409,
    zh: '新密钥尚未与现有密钥共同签发信任列表',
    en: 'The trust list is not yet signed by the keys to come beside the present ones',
    retry: 'corrected',
  },
  TRUST_LIST_UNPUBLISHED: {
    status: 503,
    zh: '信任列表尚未发布',
    en: 'No trust list has been published yet',
    retry: 'later',
  },
} as const satisfies ErrorRegister;

export const trustError = errorFactory(TRUST_ERRORS);
