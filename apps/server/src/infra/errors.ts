import { REQUEST_ERRORS, SHEET_ERRORS } from '@hufu/contracts';
import { type ErrorRegister, errorFactory } from '@hufu/kernel';

/** Everything that the ground itself can refuse: the edge's part is in the contracts. Features bring their own. */
export const INFRA_ERRORS = {
  ...REQUEST_ERRORS,
  ...SHEET_ERRORS,
  CONFIG_INVALID: {
    status: 500,
    zh: '配置无效，服务不能启动',
    en: 'The configuration is invalid; the server does not start',
    retry: 'corrected',
  },
  DATABASE_IN_USE: {
    status: 500,
    zh: '数据目录正被另一个进程使用',
    en: 'The database directory is in use by another process',
    retry: 'later',
  },
  DATABASE_DIRECTORY_FOREIGN: {
    status: 500,
    zh: '数据目录非空，且不是本系统的数据库',
    en: 'The database directory is neither empty nor a database of ours',
    retry: 'corrected',
  },
  DATABASE_TOO_OLD: {
    status: 500,
    zh: '需要 PostgreSQL 15 或更新版本',
    en: 'PostgreSQL 15 or newer is required',
    retry: 'corrected',
  },
  DATABASE_LOCALE: {
    status: 500,
    zh: '数据库的字符集或区域设置不符合要求（需要 UTF8 与 C.UTF-8）',
    en: 'The database must use encoding UTF8 and character type C.UTF-8',
    retry: 'corrected',
  },
  DATABASE_NESTED: {
    status: 500,
    zh: '系统内部错误',
    en: 'A second connection was asked for inside an open transaction',
    retry: 'never',
  },
  DATABASE_UNAVAILABLE: {
    status: 503,
    zh: '数据库暂时不可用，请稍后重试',
    en: 'The database is unavailable for the moment; please try again shortly',
    retry: 'later',
  },
  DATABASE_QUERY_TIMEOUT: {
    status: 503,
    zh: '查询超时，请稍后重试',
    en: 'The query took too long; please try again shortly',
    retry: 'later',
  },
  MIGRATION_EDITED: {
    status: 500,
    zh: '已执行的数据库迁移被修改',
    en: 'A migration was edited after it had been applied',
    retry: 'never',
  },
  MIGRATION_MISSING: {
    status: 500,
    zh: '数据库由更新的版本创建，本版本不能使用',
    en: 'The database was migrated by a newer release; this one must not use it',
    retry: 'never',
  },
  MIGRATION_FAILED: {
    status: 500,
    zh: '数据库迁移失败',
    en: 'A database migration failed',
    retry: 'corrected',
  },
  INSTALLATION_MODE: {
    status: 500,
    zh: '演示数据库不能用于正式环境，正式数据库也不能用于演示',
    en: 'A demo database never serves a configured installation, nor the other way round',
    retry: 'corrected',
  },
  VAULT_PASSPHRASE: {
    status: 500,
    zh: '密钥库口令错误，或密钥库已损坏',
    en: 'The vault passphrase is wrong, or the vault file is damaged',
    retry: 'corrected',
  },
  VAULT_UNAVAILABLE: {
    status: 503,
    zh: '密钥库服务暂时不可用，请稍后重试',
    en: 'The vault does not answer; please try again shortly',
    retry: 'later',
  },
  PRIVACY_UNREADABLE: {
    status: 500,
    zh: '加密字段无法读取',
    en: 'An encrypted field cannot be read',
    retry: 'never',
  },
  FIELD_TOO_LONG: {
    status: 413,
    zh: '字段内容过长',
    en: 'A field is too long',
    retry: 'corrected',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    zh: '不支持的请求方法',
    en: 'The method is not allowed here',
    retry: 'never',
  },
  PORTAL_NOT_BUILT: {
    status: 503,
    zh: '网页尚未构建',
    en: 'The web application has not been built',
    retry: 'later',
  },
  ATTACHMENT_MISSING: {
    status: 404,
    zh: '附件不存在',
    en: 'There is no such attachment',
    retry: 'never',
  },
  ATTACHMENT_DAMAGED: {
    status: 500,
    zh: '附件内容与登记的摘要不一致',
    en: 'The attachment no longer matches its digest',
    retry: 'never',
  },
  ATTACHMENT_STORE: {
    status: 503,
    zh: '附件存储暂时不可用，请稍后重试',
    en: 'The store of attachments is unavailable for the moment; please try again shortly',
    retry: 'later',
  },
} as const satisfies ErrorRegister;

export const infraError = errorFactory(INFRA_ERRORS);
