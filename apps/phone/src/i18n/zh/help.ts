export const help = {
  title: '帮助',
  search: '搜索问题',
  none: '没有找到相关问题',
  contact: '没有解决？请联系所申请证书的CA机构或交易平台客服。',
  groups: { apply: '办理', use: '扫码使用', manage: '业务管理', safe: '安全' },
};
