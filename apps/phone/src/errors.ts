import { type ErrorRegister, errorFactory } from '@hufu/kernel';

/** Failures that the app itself notices, before or after the server had its say. */
export const APP_ERRORS = {
  APP_NETWORK: {
    status: 503,
    zh: '网络不通，没有任何改动，请检查网络后再试',
    en: 'No connection. Nothing was changed. Check your network and try again.',
    retry: 'later',
  },
  APP_ANSWER: {
    status: 502,
    zh: '系统的回答无法识别，请更新应用后再试',
    en: 'The answer could not be understood. Update the app and try again.',
    retry: 'later',
  },
  APP_STORAGE: {
    status: 507,
    zh: '本机无法保存密钥：请退出浏览器的无痕模式，或释放存储空间后再试',
    en: 'This device cannot store keys: leave private browsing, or free some space, and try again.',
    retry: 'corrected',
  },
  APP_CRYPTO: {
    status: 501,
    zh: '此浏览器不支持所需的加密功能，请使用系统浏览器的最新版本打开',
    en: 'This browser lacks the cryptography that is needed. Open the app in an up-to-date browser.',
    retry: 'never',
  },
  APP_NOT_OURS: {
    status: 422,
    zh: '这不是本系统的二维码，请在本系统的电脑页面上重新获取',
    en: 'This code was not made by this system. Get a new one from the page on your computer.',
    retry: 'corrected',
  },
  APP_NO_CODE: {
    status: 422,
    zh: '图片中没有找到二维码，请换一张更清晰的图片',
    en: 'No QR code was found in the picture. Try a clearer one.',
    retry: 'corrected',
  },
  APP_PAGE_KEY: {
    status: 409,
    zh: '二维码与请求内容不一致，可能被篡改，已停止操作',
    en: 'The code and the request do not belong together: something was altered on the way. Stopped.',
    retry: 'never',
  },
  APP_BIOMETRIC: {
    status: 409,
    zh: '生物识别未通过，请输入PIN码',
    en: 'The device did not recognise you. Enter the PIN.',
    retry: 'corrected',
  },
} as const satisfies ErrorRegister;

export const appError = errorFactory(APP_ERRORS);
