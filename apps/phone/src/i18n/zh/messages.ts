/** Reads a fact of a message; an absent one is empty. */
type Fact = (name: string) => string;

export const messages = {
  title: '消息',
  empty: '没有消息',
  emptyText: '审核结果、授权变化和到期提醒会通知到这里。',
  unread: '未读',
  readAll: '全部已读',
  more: '更早的消息',
  kinds: {
    ORDER: '证书申请',
    CERTIFICATE_KEPT: '证书已下载',
    CERTIFICATE_EXPIRES: '证书即将到期',
    CERTIFICATE_STATE: '证书状态变化',
    INVITED: '企业邀请',
    JOINED: '人员加入',
    LEFT: '人员退出',
    TRANSFER_OFFERED: '转授管理员',
    TRANSFER_ANSWERED: '转授管理员',
    ADMIN_REPLACED: '更换管理员',
    GRANTED: '得到授权',
    GRANT_REVOKED: '授权已删除',
    OFFERED_HALF: '证书共享',
    DEVICE_ADDED: '新设备登录',
    DEVICE_FROZEN: '设备已冻结',
    DEVICE_THAWED: '设备已解除冻结',
    DEVICE_CLONED: '发现复制的设备',
    PIN_LOCKED: 'PIN码已锁定',
  },
  texts: {
    ORDER: (f: Fact) => `申请${f('reference')}：${f('state')}`,
    CERTIFICATE_KEPT: (f: Fact) => `证书…${f('serial')}已保存，有效期至${f('validTo')}。`,
    CERTIFICATE_EXPIRES: (f: Fact) => `证书…${f('serial')}还有${f('days')}天到期，请及时续期。`,
    CERTIFICATE_STATE: (f: Fact) => `证书…${f('serial')}：${f('state')}`,
    INVITED: (f: Fact) => `${f('enterprise')}邀请您加入，请在“待办”中处理。`,
    JOINED: (f: Fact) =>
      f('person') === ''
        ? `您已成为${f('enterprise')}的管理员。`
        : `${f('person')}接受邀请，加入了${f('enterprise')}。`,
    LEFT: (f: Fact) => `${f('person')}已不在${f('enterprise')}，相关授权已失效。`,
    TRANSFER_OFFERED: (f: Fact) => `请您担任${f('enterprise')}的管理员，请在“待办”中处理。`,
    TRANSFER_ANSWERED: (f: Fact) =>
      f('accepted') === 'true'
        ? `${f('person')}已接受，成为${f('enterprise')}的管理员；您现在是办事人员。`
        : `${f('person')}没有接受${f('enterprise')}的管理员，您仍是管理员。`,
    ADMIN_REPLACED: (f: Fact) =>
      `受理窗口已按${f('enterprise')}的授权函办理更换管理员，对方接受后您不再是管理员。如有异议，请立即联系受理窗口。`,
    GRANTED: (f: Fact) => `您可以在“${f('scopes')}”使用企业证书了。`,
    GRANT_REVOKED: (f: Fact) => `您在“${f('scopes')}”使用企业证书的授权已删除。`,
    OFFERED_HALF: (f: Fact) => `证书…${f('serial')}共享到您的设备，请在“待办”中处理。`,
    DEVICE_ADDED: (f: Fact) => `您的账号在“${f('device')}”登录。不是本人操作请立即冻结该设备。`,
    DEVICE_FROZEN: (f: Fact) => `“${f('device')}”已冻结，其上的证书不能使用。`,
    DEVICE_THAWED: (f: Fact) => `“${f('device')}”已解除冻结，其上的证书恢复使用。`,
    DEVICE_CLONED: (f: Fact) => `“${f('device')}”的证书使用异常，已自动冻结。请尽快查看该设备。`,
    PIN_LOCKED: (f: Fact) => `“${f('device')}”上PIN码输错次数过多，证书已锁定。`,
  },
};
