export const login = {
  title: '登录标证通',
  lead: '证书在手，私钥两半：一半在您的手机，一半在密钥托管服务。',
  mobile: '手机号',
  mobileWrong: '请输入11位手机号',
  send: '获取验证码',
  again: (seconds: number) => `${seconds}秒后可重新获取`,
  code: '短信验证码',
  codeHint: (to: string) => `验证码已发送至 ${to}，5分钟内有效`,
  codeWrong: '请输入6位数字验证码',
  submit: '登录',
  firstTime: '首次登录将自动创建账号。',
};
