import type { ErrorRegister } from '@hufu/kernel';

/** Refusals of the hub. Wordings marked MSG-nn are the manuals' own and must not change. */
export const HUB_ERRORS = {
  HUB_NOT_BOUND: {
    status: 403,
    zh: '该CA锁尚未绑定，请返回CA互认系统首页，进行绑定操作！', // MSG-01
    en: 'This certificate is not bound yet. Return to the home page and bind it.',
    retry: 'corrected',
  },
  HUB_USCC_TAKEN: {
    status: 409,
    zh: '您录入的统一社会信用代码已在系统中，表明贵公司已有CA数字证书在系统中绑定', // MSG-02
    en: 'This unified social credit code is already in the system: another certificate of your company is bound.',
    retry: 'never',
  },
  HUB_USCC_INVALID: {
    status: 422,
    zh: '统一社会信用代码校验不通过', // MSG-29
    en: 'The unified social credit code does not pass its check.',
    retry: 'corrected',
  },
  HUB_USCC_MISMATCH: {
    status: 422,
    zh: '录入的统一社会信用代码与证书中的不一致，请核对后重新填写', // OD-03
    en: 'The code you entered differs from the one in the certificate.',
    retry: 'corrected',
  },
  HUB_LEGAL_REP_KEY: {
    status: 403,
    zh: '法人锁不支持跨平台投标，请使用企业锁进行相关交易活动。', // MSG-08
    en: 'A legal representative’s key cannot be used across platforms. Use the enterprise key.',
    retry: 'never',
  },
  HUB_BIND_ENTERPRISE_KEY: {
    status: 403,
    zh: '请使用“企业锁”绑定，请勿使用“法人锁”绑定。', // MSG-09
    en: 'Bind with the enterprise key, not with the legal representative’s key.',
    retry: 'never',
  },
  HUB_INDIVIDUAL_CERTIFICATE: {
    status: 403,
    zh: '请使用“企业证书”绑定，请勿使用“个人证书”进行绑定。', // MSG-11
    en: 'Use an enterprise certificate, not an individual one.',
    retry: 'never',
  },
  HUB_KIND_UNKNOWN: {
    status: 403,
    zh: '无法识别该证书的类型，不能用于绑定，请联系CA签发机构', // OD-41
    en: 'The kind of this certificate cannot be told, so it cannot be bound. Contact its issuer.',
    retry: 'never',
  },
  HUB_NAME_MISMATCH: {
    status: 422,
    zh: '副锁单位名称与主锁不一致，绑定失败', // MSG-21
    en: 'The unit name of this key differs from that of the primary key.',
    retry: 'never',
  },
  HUB_BOUND_ELSEWHERE: {
    status: 409,
    zh: '该证书已绑定其他单位，不能重复绑定',
    en: 'This certificate is bound to another enterprise.',
    retry: 'never',
  },
  HUB_PRIMARY_ONLY: {
    status: 403,
    zh: '当前锁不是主锁，仅可查看；如需维护信息请使用主锁登录', // MSG-26
    en: 'This is not the primary key: you can look, not change. Log in with the primary key.',
    retry: 'never',
  },
  HUB_PRIMARY_NOT_DELETABLE: {
    status: 409,
    zh: '主锁不能在此删除；如主锁遗失，请办理“CA证书解绑”', // HUB-086
    en: 'The primary key cannot be deleted here. If it is lost, apply for unbinding.',
    retry: 'never',
  },
  HUB_PLATFORM_NOT_JOINED: {
    status: 403,
    zh: '投标人所在盟市交易中心是否可使用CA互认驱动，请咨询中心相关业务科室。', // HUB-011
    en: 'This platform has not joined. Ask the trading centre.',
    retry: 'never',
  },
  HUB_PLATFORM_SUSPENDED: {
    status: 403,
    zh: '该交易平台已暂停通过CA互认系统登录，请联系该平台技术支持',
    en: 'Login to this platform through the hub is suspended. Contact the platform.',
    retry: 'later',
  },
  HUB_PLATFORM_UNKNOWN: { status: 404, zh: '没有这个交易平台', en: 'No such platform.', retry: 'never' },
  HUB_AUTHORISATION_EXPIRED: {
    status: 410,
    zh: '本次授权已过期，请重新选择交易平台',
    en: 'This authorisation has expired. Choose the platform again.',
    retry: 'corrected',
  },
  HUB_INTERACTION_EXPIRED: {
    status: 410,
    zh: '登录页面已过期，请从交易平台重新进入',
    en: 'This login page has expired. Start again from the platform.',
    retry: 'corrected',
  },
  HUB_SESSION_REQUIRED: {
    status: 401,
    zh: '您还没有登录或登录已过期，请重新登录',
    en: 'You are not logged in, or your session has ended.',
    retry: 'corrected',
  },
  HUB_CHALLENGE_UNKNOWN: {
    status: 409,
    zh: '本次登录请求已失效，请重新操作',
    en: 'This challenge is unknown or already used. Try again.',
    retry: 'corrected',
  },
  HUB_CHALLENGE_EXPIRED: {
    status: 410,
    zh: '本次登录请求已过期，请重新操作',
    en: 'This challenge has expired. Try again.',
    retry: 'corrected',
  },
  HUB_CHALLENGE_FOREIGN: {
    status: 403,
    zh: '签名不是为本网站或本次会话作出的，已拒绝',
    en: 'The signature was not made for this site or this session.',
    retry: 'never',
  },
  HUB_SIGNATURE_INVALID: {
    status: 403,
    zh: '签名验证不通过，请重新插入CA锁后再试',
    en: 'The signature does not verify. Insert the key again and retry.',
    retry: 'corrected',
  },
  HUB_VERSION_CONFLICT: {
    status: 409,
    zh: '信息已被他人修改，请刷新后重新填写',
    en: 'The record was changed meanwhile. Reload and try again.',
    retry: 'corrected',
  },
  HUB_CITY_UNKNOWN: {
    status: 422,
    zh: '请选择注册地市',
    en: 'Choose the city of registration.',
    retry: 'corrected',
  },
  HUB_CERTIFICATE_UNKNOWN: {
    status: 404,
    zh: '没有这条证书绑定记录',
    en: 'No such binding.',
    retry: 'never',
  },
  UNBIND_NOT_BOUND: {
    status: 422,
    zh: '该统一社会信用代码没有绑定记录，无需解绑',
    en: 'No certificate is bound under this code; there is nothing to unbind.',
    retry: 'corrected',
  },
  UNBIND_NAME_MISMATCH: {
    status: 422,
    zh: '单位名称与绑定记录不一致；如发生单位名称变更，请先前往盟市申请变更单位名称后，再申请办理CA解绑事宜',
    en: 'The unit name differs from the record. Finish the change of name first.',
    retry: 'corrected',
  },
  UNBIND_NAME_CHANGE_PENDING: {
    status: 422,
    zh: '如发生单位名称变更，请先前往盟市申请变更单位名称后，再申请办理CA解绑事宜',
    en: 'Finish the change of name at the trading centre first.',
    retry: 'corrected',
  },
  UNBIND_FILE_MISSING: {
    status: 422,
    zh: '请上传营业执照扫描件和法人授权委托书，两份材料缺一不可',
    en: 'Upload both the business licence and the letter of authorisation.',
    retry: 'corrected',
  },
  UNBIND_OPEN_ALREADY: {
    status: 409,
    zh: '该单位已有正在办理的解绑申请，请勿重复提交',
    en: 'An application for this enterprise is already open.',
    retry: 'never',
  },
  UNBIND_STATE: {
    status: 409,
    zh: '该申请当前状态不允许此操作',
    en: 'The state of this application does not allow this.',
    retry: 'never',
  },
  UNBIND_UNKNOWN: { status: 404, zh: '没有找到该解绑申请', en: 'No such application.', retry: 'never' },
  UNBIND_USE_PRIMARY: {
    status: 409,
    zh: '主锁可用时，请使用主锁登录后在“02证书绑定”中删除该副锁',
    en: 'While the primary key works, delete the secondary key yourself after logging in.',
    retry: 'never',
  },
} as const satisfies ErrorRegister;
export type HubErrorCode = keyof typeof HUB_ERRORS;
