import type { Text } from './language.ts';

/** Each act: what the site asks for, and the label of the button that does it (HUB-050, HUB-020, HUB-083). */
export const ACTS: Readonly<Record<string, { readonly asks: Text; readonly button: Text }>> = {
  login: { asks: { zh: '登录', en: 'Log in' }, button: { zh: '立即登录', en: 'Log in now' } },
  bind: { asks: { zh: '企业绑定', en: 'Bind the enterprise' }, button: { zh: '确认申请', en: 'Confirm' } },
  activate: {
    asks: { zh: '激活备用副锁', en: 'Activate a spare key' },
    button: { zh: '激活', en: 'Activate' },
  },
  'desk-login': {
    asks: { zh: '登录管理后台', en: 'Log in to the desk' },
    button: { zh: '立即登录', en: 'Log in now' },
  },
  'desk-approve': {
    asks: { zh: '确认审批操作', en: 'Confirm a decision of the desk' },
    button: { zh: '确认审批', en: 'Confirm' },
  },
  'library-register': {
    asks: { zh: '注册主体信息库', en: 'Register with the entity library' },
    button: { zh: '读取证书', en: 'Read the certificate' },
  },
  'library-login': {
    asks: { zh: '登录主体信息库', en: 'Log in to the entity library' },
    button: { zh: '立即登录', en: 'Log in now' },
  },
  'library-key': {
    asks: { zh: '读取CA信息', en: 'Read the key’s certificate' },
    button: { zh: '读取CA信息', en: 'Read the key' },
  },
  'platform-login': {
    asks: { zh: '登录交易平台', en: 'Log in to a trading platform' },
    button: { zh: '立即登录', en: 'Log in now' },
  },
  'sign-documents': {
    asks: { zh: '文件签章', en: 'Seal documents' },
    button: { zh: '确认签章', en: 'Seal' },
  },
  test: {
    asks: { zh: '签章功能检测', en: 'Test of the signature' },
    button: { zh: '测试签名', en: 'Sign the test' },
  },
};
