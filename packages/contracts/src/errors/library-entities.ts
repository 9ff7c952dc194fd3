import type { ErrorRegister } from '@hufu/kernel';

/** Refusals of registration, login and 权限管理 in the library. Wordings marked MSG-nn are fixed. */
export const LIBRARY_ENTITY_ERRORS = {
  LIBRARY_NOT_REGISTERED: {
    status: 403,
    zh: '证书未注册', // MSG-15
    en: 'This certificate is not registered. Register, complete the base information and sign the letter of commitment, then log in.',
    retry: 'corrected',
  },
  LIBRARY_NOT_ACTIVATED: {
    status: 403,
    zh: '该主体尚未激活，请通过CA互认系统授权登录', // MSG-25
    en: 'This entity is not active here yet. Log in through the hub once.',
    retry: 'corrected',
  },
  LIBRARY_KEY_NOT_ACTIVATED: {
    status: 403,
    zh: '当前使用的CA锁未激活，请先激活', // MSG-12
    en: 'This key is not activated yet. Activate it first.',
    retry: 'corrected',
  },
  LIBRARY_INCOMPLETE: {
    status: 403,
    zh: '请先完善企业基本信息并签署承诺书', // MSG-27
    en: 'Complete the base information and sign the letter of commitment first.',
    retry: 'corrected',
  },
  LIBRARY_REGISTERED_ALREADY: {
    status: 409,
    zh: '该主体已注册，请直接登录',
    en: 'This entity is registered already. Log in.',
    retry: 'corrected',
  },
  LIBRARY_KEY_ACTIVE_ALREADY: {
    status: 409,
    zh: '该证书已激活，无需重复激活',
    en: 'This certificate is active already.',
    retry: 'never',
  },
  LIBRARY_KEY_VOIDED: {
    status: 403,
    zh: '该证书已在权限管理中作废，不能登录；如需恢复使用，请由主锁重新新增',
    en: 'This certificate was voided and cannot log in. The primary key can add it anew.',
    retry: 'never',
  },
  LIBRARY_KEY_REPLACED: {
    status: 403,
    zh: '该证书已被更换，请使用新证书登录',
    en: 'Another certificate took the place of this one. Log in with the new one.',
    retry: 'never',
  },
  LIBRARY_ENTITY_FROZEN: {
    status: 403,
    zh: '该主体已被冻结，仅可查看；如有疑问请联系主体信息库管理人员',
    en: 'This entity is frozen: you can look, not change. Ask the desk of the library.',
    retry: 'never',
  },
  LIBRARY_ENTITY_MERGED: {
    status: 403,
    zh: '该主体已并入其他主体，请使用合并后主体的证书登录',
    en: 'This account was merged into another one.',
    retry: 'never',
  },
  LIBRARY_HOLDER_KIND: {
    status: 403,
    zh: '请使用企业证书；法人证书、经办人证书不能用于主体信息库',
    en: 'Use an enterprise certificate (a person: an individual one).',
    retry: 'never',
  },
  LIBRARY_CERTIFICATE_UNCLEAR: {
    status: 403,
    zh: '无法从证书中确定主体身份，不能用于主体信息库，请联系CA签发机构',
    en: 'The certificate does not tell clearly whose it is. Contact its issuer.',
    retry: 'never',
  },
  LIBRARY_USCC_REQUIRED: {
    status: 422,
    zh: '证书中没有统一社会信用代码，请填写',
    en: 'The certificate carries no unified social credit code. Enter it.',
    retry: 'corrected',
  },
  LIBRARY_USCC_MISMATCH: {
    status: 422,
    zh: '统一社会信用代码与证书中的不一致',
    en: 'The code differs from the one in the certificate.',
    retry: 'corrected',
  },
  LIBRARY_NAME_MISMATCH: {
    status: 422,
    zh: '证书中的单位名称与主体信息库中的不一致，请先办理单位名称变更',
    en: 'The name in the certificate differs from the one on record.',
    retry: 'never',
  },
  LIBRARY_OTHER_HOLDER: {
    status: 422,
    zh: '读取的证书不属于本主体',
    en: 'The certificate that was read belongs to another holder.',
    retry: 'corrected',
  },
  LIBRARY_AGREEMENTS: {
    status: 422,
    zh: '请阅读并同意用户注册相关协议的现行版本',
    en: 'Read and accept the agreements in their present version.',
    retry: 'corrected',
  },
  LIBRARY_ADMISSION: {
    status: 410,
    zh: '证书读取结果已过期，请重新读取证书',
    en: 'The reading of the certificate has expired. Read it again.',
    retry: 'corrected',
  },
  LIBRARY_CHOICE: {
    status: 422,
    zh: '请选择本人可以使用的身份',
    en: 'Choose one of the identities that are yours.',
    retry: 'corrected',
  },
  LIBRARY_UNKNOWN: { status: 404, zh: '没有找到该记录', en: 'No such record.', retry: 'never' },
  LIBRARY_KEY_NOT_OWN: {
    status: 403,
    zh: '当前锁不是主锁，只能变更本锁的信息',
    en: 'A secondary key changes its own record only.',
    retry: 'never',
  },
  LIBRARY_KEY_STATE: {
    status: 409,
    zh: '只有“提交成功”状态的数字证书可以执行此操作',
    en: 'Only an active certificate allows this.',
    retry: 'never',
  },
  LIBRARY_KEY_PRIMARY_SETTING: {
    status: 403,
    zh: '只有当前主锁可以设置主锁',
    en: 'Only the present primary key may name another one.',
    retry: 'never',
  },
  LIBRARY_KEY_LAST: {
    status: 409,
    zh: '本锁是唯一的数字证书，不能作废',
    en: 'This is the only certificate; it cannot be voided.',
    retry: 'never',
  },
  LIBRARY_KEY_IS_PRIMARY: {
    status: 409,
    zh: '主锁不能作废，请先将其他数字证书设置为主锁',
    en: 'The primary key cannot be voided. Make another one primary first.',
    retry: 'never',
  },
  LIBRARY_ONE_PRIMARY: {
    status: 409,
    zh: '主锁不能取消，请将其他数字证书设置为主锁',
    en: 'There is always one primary key. Make another one primary instead.',
    retry: 'never',
  },
  LIBRARY_STALE: {
    status: 409,
    zh: '信息已被他人修改，请刷新后重新填写',
    en: 'The record was changed meanwhile. Reload and try again.',
    retry: 'corrected',
  },
  LIBRARY_PROOF_REQUIRED: {
    status: 422,
    zh: '请填写作废原因并上传证明材料',
    en: 'Give the reason and upload the proof.',
    retry: 'corrected',
  },
  LIBRARY_FOREIGN_FILE: {
    status: 422,
    zh: '附件不是本主体上传的，请重新上传',
    en: 'A file was not uploaded by this entity. Upload it again.',
    retry: 'corrected',
  },
  LIBRARY_DELEGATION_TERM: {
    status: 422,
    zh: '授权期限须晚于今天且不超过一年',
    en: 'A delegation ends after today and within a year.',
    retry: 'corrected',
  },
  LIBRARY_DELEGATION_EXISTS: {
    status: 409,
    zh: '该人员已有有效授权，请先收回',
    en: 'This person holds a delegation already. Revoke it first.',
    retry: 'corrected',
  },
  LIBRARY_DELEGATION_BEYOND: {
    status: 403,
    zh: '不能授出自己没有的权限',
    en: 'Nobody grants what they lack.',
    retry: 'never',
  },
  LIBRARY_PRIMARY_FIRST: {
    status: 403,
    zh: '首次进入主体信息库请使用CA互认系统中的主锁',
    en: 'Enter the library for the first time with the hub’s primary key.',
    retry: 'corrected',
  },
  LIBRARY_HUB_ENTRY: {
    status: 410,
    zh: '从CA互认系统进入的授权已失效，请重新确认登录',
    en: 'The entry from the hub has expired. Confirm again in the hub.',
    retry: 'corrected',
  },
  LIBRARY_CITIZEN_OFF: {
    status: 404,
    zh: '本系统没有启用自然人统一身份认证登录',
    en: 'Login through the citizens’ identity provider is not set up here.',
    retry: 'never',
  },
  LIBRARY_CITIZEN_FAILED: {
    status: 403,
    zh: '自然人统一身份认证未通过，请重新登录',
    en: 'The identity provider’s answer could not be accepted. Log in again.',
    retry: 'corrected',
  },
  LIBRARY_CITIZEN_ONLY: {
    status: 403,
    zh: '企业用户请使用数字证书登录', // LIB-LOGIN-04
    en: 'Enterprises log in with a digital certificate.',
    retry: 'never',
  },
  LIBRARY_CITIZEN_UNVERIFIED: {
    status: 403,
    zh: '您的账号尚未完成实名认证，不能登录主体信息库',
    en: 'Your account is not verified by real name.',
    retry: 'corrected',
  },
  LIBRARY_LETTER_UNNEEDED: {
    status: 409,
    zh: '自然人无需签署承诺书',
    en: 'A natural person signs no letter of commitment.',
    retry: 'never',
  },
  SYNC_CODE_WRONG: {
    status: 422,
    zh: '同步码错误或已失效，请到主体信息库基本信息页面重新复制', // MSG-23
    en: 'The sync code is wrong or has expired. Copy it anew from the library.',
    retry: 'corrected',
  },
  SYNC_CODE_LOCKED: {
    status: 429,
    zh: '同步码连续输错5次，请15分钟后再试',
    en: 'Five wrong sync codes. Try again in fifteen minutes.',
    retry: 'later',
  },
} as const satisfies ErrorRegister;
export type LibraryEntityErrorCode = keyof typeof LIBRARY_ENTITY_ERRORS;
