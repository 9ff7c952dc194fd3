import { type ErrorRegister, errorFactory } from '@hufu/kernel';

export const EVIDENCE_ERRORS = {
  EVIDENCE_CONTENDED: {
    status: 503,
    zh: '同一记录正被频繁修改，请稍后重试',
    en: 'The same record is being changed by many at once; please try again shortly',
    retry: 'later',
  },
  EVIDENCE_UNKNOWN: {
    status: 404,
    zh: '没有该存证记录',
    en: 'There is no such evidence',
    retry: 'never',
  },
  EVIDENCE_NOT_YET: {
    status: 409,
    zh: '该记录尚未获得见证，请稍后下载证据包',
    en: 'The record has not been witnessed yet; download the evidence a little later',
    retry: 'later',
  },
  EVIDENCE_DISCLOSURE_UNKNOWN: {
    status: 404,
    zh: '该存证没有这一披露项，或已被删除',
    en: 'The statement has no such disclosure, or it was erased',
    retry: 'never',
  },
  EVIDENCE_FENCED: {
    status: 500,
    zh: '存证排序权已被另一服务器接管',
    en: 'Another server has taken over the sequencing of evidence',
    retry: 'later',
  },
  EVIDENCE_LOG_DAMAGED: {
    status: 500,
    zh: '存证日志与其根哈希不一致，已停止签名',
    en: 'The stored tree does not have the stored root; nothing is signed',
    retry: 'never',
  },
  EVIDENCE_LOG_ROLLED_BACK: {
    status: 500,
    zh: '数据库比已发布的存证日志旧，已停止签名',
    en: 'The database is older than the published log; nothing is signed',
    retry: 'never',
  },
  EVIDENCE_LOG_FORKED: {
    status: 500,
    zh: '数据库与已发布的存证日志不一致，已停止签名',
    en: 'The database differs from the published log; nothing is signed',
    retry: 'never',
  },
  EVIDENCE_LOG_RETIRED: {
    status: 500,
    zh: '密钥库中的日志密钥已退役，已停止签名；请完成密钥更换并重启服务',
    en: 'The log’s key in the vault was retired; nothing is signed. Finish the rotation and restart',
    retry: 'corrected',
  },
  EVIDENCE_ROTATION_BUSY: {
    status: 409,
    zh: '仍有服务器在运行，请停止全部服务器后再更换日志密钥',
    en: 'A server is still running; stop all of them before the log’s key is rotated',
    retry: 'later',
  },
  EVIDENCE_ROTATION_UNFINISHED: {
    status: 409,
    zh: '仍有存证未入账或未获见证，请待全部完成后再更换日志密钥',
    en: 'Some evidence is not yet integrated, signed or witnessed; rotate the key when all of it is',
    retry: 'later',
  },
  EVIDENCE_ROTATION_UNANCHORED: {
    status: 409,
    zh: '最终检查点尚未上链，请待上链完成后再更换日志密钥',
    en: 'The final checkpoint is not anchored on the chain yet; rotate the key when it is',
    retry: 'later',
  },
  EVIDENCE_LOG_KEY: {
    status: 500,
    zh: '存证日志由另一密钥签署，密钥库不匹配，已停止签名',
    en: 'The log was signed with another key than the vault holds; nothing is signed',
    retry: 'corrected',
  },
} as const satisfies ErrorRegister;

export const evidenceError = errorFactory(EVIDENCE_ERRORS);
