/** What a statement of the evidence log tells of, for people. */
export type StatementName = { readonly zh: string; readonly en: string };

/**
 * The acts that become evidence, by the type of their statement: everything that lastingly changes a record, and what
 * an operator does or decides. Sign-ins, page views and refusals change nothing and stand in the audit log alone.
 */
export const STATEMENT_NAMES: Readonly<Record<string, StatementName>> = {
  'binding.create': { zh: '绑定企业与证书', en: 'The enterprise was bound to its certificate' },
  'certificate.activate': { zh: '激活副锁', en: 'A secondary key was activated' },
  'certificate.remove': { zh: '删除副锁', en: 'A secondary key was removed' },
  'certificate.renew': { zh: '识别证书更新', en: 'A renewed certificate took the place of the former one' },
  'certificate.unbind': { zh: '解除证书绑定', en: 'A certificate was unbound' },
  'enterprise.change': { zh: '修改企业信息', en: 'The enterprise’s particulars were changed' },
  'enterprise.reveal': {
    zh: '工作人员查看了隐藏的个人信息',
    en: 'An operator looked at hidden personal data',
  },
  'platform.activate': {
    zh: '首次授权登录交易平台并激活',
    en: 'A trading platform was authorised and activated for the first time',
  },
  'unbind.submit': { zh: '提交解绑申请', en: 'An unbinding was applied for' },
  'unbind.resubmit': { zh: '重新提交解绑申请', en: 'An unbinding was applied for again' },
  'unbind.check': { zh: '解绑申请通过初审', en: 'An application for unbinding passed the first check' },
  'unbind.reject': { zh: '驳回解绑申请', en: 'An application for unbinding was rejected' },
  'unbind.return': {
    zh: '解绑申请退回初审',
    en: 'An application for unbinding went back to the first check',
  },
  'unbind.approve': { zh: '批准解绑申请', en: 'An application for unbinding was approved' },
  'unbind.object': { zh: '企业对解绑申请提出异议', en: 'The enterprise objected to an unbinding' },
  'session.end': { zh: '工作人员结束了登录会话', en: 'An operator ended a session' },
  'approval.propose': { zh: '提出待复核事项', en: 'A step that needs a second person was proposed' },
  'approval.approve': { zh: '复核通过', en: 'A second person approved the step' },
  'approval.reject': { zh: '复核驳回', en: 'A second person rejected the step' },
  'approval.withdraw': { zh: '撤回待复核事项', en: 'The proposed step was withdrawn' },
  'approval.expire': { zh: '待复核事项过期', en: 'The proposed step expired' },
  'operator.bootstrap': { zh: '建立首批操作员', en: 'A first operator was appointed' },
  'operator.seed': { zh: '建立演示操作员', en: 'An operator of the demo was appointed' },
  'operator.add': { zh: '增加操作员', en: 'An operator was appointed' },
  'operator.change-roles': { zh: '调整操作员岗位', en: 'An operator’s roles were changed' },
  'operator.disable': { zh: '停用操作员', en: 'An operator was disabled' },
  'audit.export': { zh: '导出审计日志', en: 'The audit log was exported' },
  'platform.add': { zh: '登记交易平台', en: 'A trading platform was registered' },
  'platform.change': { zh: '修改交易平台登记信息', en: 'A trading platform’s registration was changed' },
  'platform.join': { zh: '交易平台加入互认', en: 'A trading platform joined' },
  'platform.suspend': { zh: '暂停交易平台', en: 'A trading platform was suspended' },
  'platform.resume': { zh: '恢复交易平台', en: 'A trading platform was resumed' },
  'platform.rotate-secret': { zh: '更换交易平台密钥', en: 'A trading platform’s secret was replaced' },
  'trust.recognise': { zh: '加入互认CA', en: 'A certificate authority was recognised' },
  'trust.policy': { zh: '调整CA采信策略', en: 'The policy for a certificate authority was changed' },
  'trust.contact': { zh: '修改CA联系方式', en: 'A certificate authority’s contact was changed' },
  'trust.suspend': { zh: '暂停互认CA', en: 'A certificate authority was suspended' },
  'trust.resume': { zh: '恢复互认CA', en: 'A certificate authority was resumed' },
  'trust.publish-list': { zh: '发布信任列表', en: 'The trust list was published' },
  'trust.use-grace': {
    zh: '按策略在状态过期宽限期内采信',
    en: 'A status that had run out was relied on within the grace of the policy',
  },
  'trust.alarm-duplicate-serial': {
    zh: '发现同一证书序列号对应不同证书',
    en: 'Two certificates of one serial number were seen',
  },
  'seal.apply': { zh: '申请电子印章', en: 'An electronic seal was applied for' },
  'seal.check': { zh: '印章申请通过初审', en: 'An application for a seal passed the first check' },
  'seal.reject': { zh: '驳回印章申请', en: 'An application for a seal was not granted' },
  'seal.issue': { zh: '制作并启用电子印章', en: 'An electronic seal was made and put in force' },
  'seal.freeze': { zh: '冻结电子印章', en: 'An electronic seal was frozen' },
  'seal.thaw': { zh: '解除电子印章冻结', en: 'An electronic seal was put in force again' },
  'seal.revoke': { zh: '撤销电子印章', en: 'An electronic seal was revoked' },
  'seal.expire': { zh: '电子印章到期', en: 'An electronic seal expired' },
  'seal.replace': { zh: '换发电子印章', en: 'An electronic seal was replaced' },
  'signing.open': { zh: '上传待签章文件', en: 'A document to be sealed was uploaded' },
  'signing.name-signers': { zh: '指定签署方', en: 'The signers of a document were named' },
  'signing.acknowledge': {
    zh: '确认不能可靠显示的页面',
    en: 'Pages that cannot be shown faithfully were acknowledged',
  },
  'signing.place': { zh: '确定印章位置', en: 'The places of a seal were chosen' },
  'signing.sign': { zh: '用CA锁签署文件', en: 'A key signed documents' },
  'signing.seal': { zh: '文件加盖电子印章', en: 'A document was sealed' },
  'signing.finish': { zh: '完成签章', en: 'A signer completed the sealing' },
  'signing.upload': { zh: '上传已签章文件', en: 'A sealed document was uploaded' },
  'signing.decline': { zh: '拒绝签章', en: 'A signer declined to seal' },
  'signing.cancel': { zh: '撤回待签章文件', en: 'A document to be sealed was taken back' },
  'exchange.register': {
    zh: '修改交易平台的数据交换登记',
    en: 'How a trading platform takes part in the exchange was changed',
  },
  'exchange.map': { zh: '修改电子件目录映射', en: 'The mapping of attachment directories was changed' },
  'exchange.pull': { zh: '交易平台同步主体信息', en: 'A trading platform mirrored the entity’s information' },
  'exchange.consent': {
    zh: '授权交易平台调用主体信息',
    en: 'A trading platform was allowed to look up the entity’s records',
  },
  'exchange.end-consent': {
    zh: '撤销交易平台的调用授权',
    en: 'A trading platform may look up the entity’s records no more',
  },
  'exchange.take-project': {
    zh: '交易平台报送场内项目',
    en: 'A trading platform reported a traded project',
  },
  'exchange.decide-filing': {
    zh: '交易平台作出备案审核结论',
    en: 'A trading platform decided on the entity’s filing',
  },
  'exchange.end-approval': {
    zh: '备案审核结论失效',
    en: 'A trading platform’s approval ceased to count',
  },
  'exchange.recognise': {
    zh: '交易平台互认其他平台的审核结论',
    en: 'A trading platform recognised another platform’s approval',
  },
  'exchange.end-recognition': { zh: '审核结论互认失效', en: 'A recognition ceased to count' },
  'exchange.order-sealing': {
    zh: '交易平台请求签章',
    en: 'A trading platform asked the entity to seal a document',
  },
  'evidence.erase': { zh: '删除存证中的披露项', en: 'A disclosure of a statement was erased' },
};

/** A type without a name is shown as it is. Own members only: a statement may call itself `constructor`. */
export const statementName = (type: string): StatementName =>
  Object.hasOwn(STATEMENT_NAMES, type) ? STATEMENT_NAMES[type]! : { zh: type, en: type };
