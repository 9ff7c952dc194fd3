import { type ErrorRegister, errorFactory } from '@hufu/kernel';

/** The statuses are those of c2sp.org/tlog-witness; clients act on them alone. */
export const WITNESS_ERRORS = {
  WITNESS_REQUEST: {
    status: 400,
    zh: '请求格式不正确',
    en: 'The request is not an add-checkpoint request',
    retry: 'corrected',
  },
  WITNESS_SIGNATURE: {
    status: 403,
    zh: '检查点没有该日志的有效签名',
    en: 'The checkpoint carries no valid signature of its log',
    retry: 'never',
  },
  WITNESS_LOG_UNKNOWN: {
    status: 404,
    zh: '本见证方不见证该日志',
    en: 'This witness does not watch that log',
    retry: 'never',
  },
  WITNESS_OTHER_SIZE: {
    status: 409,
    zh: '旧树大小与本见证方所见不同',
    en: 'The witness has last seen another size',
    retry: 'corrected',
  },
  WITNESS_INCONSISTENT: {
    status: 422,
    zh: '检查点与此前所见的日志不一致',
    en: 'The checkpoint does not continue the tree that was seen before',
    retry: 'never',
  },
  WITNESS_CONFIG: {
    status: 500,
    zh: '见证方配置无效',
    en: 'The configuration of the witness is invalid',
    retry: 'corrected',
  },
  WITNESS_STATE: {
    status: 500,
    zh: '见证方的状态文件已损坏',
    en: 'The state of the witness is damaged',
    retry: 'never',
  },
} as const satisfies ErrorRegister;

export const witnessError = errorFactory(WITNESS_ERRORS);
