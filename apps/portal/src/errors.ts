import type { ErrorRegister } from '@hufu/kernel';

/** Failures that the web app itself notices, before or after the server had its say. */
export const PORTAL_ERRORS = {
  PORTAL_NETWORK: {
    status: 503,
    zh: '网络不通，您的信息没有改动，请检查网络后再试',
    en: 'No connection. Nothing was changed. Check your network and try again.',
    retry: 'later',
  },
  PORTAL_ANSWER: {
    status: 502,
    zh: '系统的回答无法识别，请刷新页面后再试',
    en: 'The answer could not be understood. Reload the page and try again.',
    retry: 'later',
  },
} as const satisfies ErrorRegister;
