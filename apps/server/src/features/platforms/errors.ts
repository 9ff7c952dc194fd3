import { type ErrorRegister, errorFactory } from '@hufu/kernel';

export const PLATFORM_ERRORS = {
  PLATFORM_UNKNOWN: {
    status: 404,
    zh: '没有这个交易平台',
    en: 'There is no such platform.',
    retry: 'never',
  },
  PLATFORM_EXISTS: {
    status: 409,
    zh: '平台编码或名称已存在',
    en: 'A platform with this code or name exists already.',
    retry: 'corrected',
  },
  PLATFORM_ADDRESS: {
    status: 422,
    zh: '平台地址必须使用https，且不能带有账号或片段（本机演示地址除外）',
    en: 'Addresses of a platform use https and carry neither credentials nor a fragment (loopback may use http).',
    retry: 'corrected',
  },
  PLATFORM_STALE: {
    status: 409,
    zh: '平台信息已变动，请刷新后重试',
    en: 'The platform changed meanwhile. Reload and try again.',
    retry: 'corrected',
  },
  PLATFORM_SUSPENDED_ALREADY: {
    status: 409,
    zh: '该平台已处于暂停状态',
    en: 'The platform is suspended already.',
    retry: 'never',
  },
  PLATFORM_NOT_SUSPENDED: {
    status: 409,
    zh: '该平台未被暂停',
    en: 'The platform is not suspended.',
    retry: 'never',
  },
} as const satisfies ErrorRegister;

export const platformError = errorFactory(PLATFORM_ERRORS);
