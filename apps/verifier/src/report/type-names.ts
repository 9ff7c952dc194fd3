import type { Words } from './words.ts';

/** What the statements of a Hufu installation are about, by their type; others are shown as they are. */
const TYPE_NAMES: Readonly<Record<string, Words>> = {
  'binding.create': { zh: '企业绑定数字证书', en: 'A certificate was bound to an enterprise' },
  'binding.repeat': { zh: '重复绑定', en: 'A binding was repeated' },
  'certificate.activate': { zh: '激活数字证书', en: 'A certificate was activated' },
  'certificate.renew': { zh: '数字证书续期', en: 'A certificate was renewed' },
  'certificate.unbind': { zh: '解绑数字证书', en: 'A certificate was unbound' },
  'certificate.remove': { zh: '移除数字证书', en: 'A certificate was removed' },
  'enterprise.change': { zh: '企业信息变更', en: 'The data of an enterprise were changed' },
  'enterprise.reveal': { zh: '查看企业完整信息', en: 'Protected data of an enterprise were revealed' },
  'platform.add': { zh: '登记交易平台', en: 'A platform was registered' },
  'platform.change': { zh: '交易平台信息变更', en: 'The data of a platform were changed' },
  'platform.activate': { zh: '开通交易平台', en: 'A platform was activated' },
  'platform.suspend': { zh: '暂停交易平台', en: 'A platform was suspended' },
  'platform.resume': { zh: '恢复交易平台', en: 'A platform was resumed' },
  'platform.authorise': { zh: '授权登录交易平台', en: 'Entry to a platform was authorised' },
  'platform.rotate-secret': { zh: '更换交易平台密钥', en: 'The secret of a platform was changed' },
  'trust.publish-list': { zh: '发布信任列表', en: 'The trust list was published' },
  'trust.use-grace': { zh: '使用吊销宽限', en: 'The grace of a revocation policy was used' },
  'operator.add': { zh: '新增运营人员', en: 'An operator was added' },
  'operator.disable': { zh: '停用运营人员', en: 'An operator was disabled' },
  'operator.change-roles': { zh: '运营人员角色变更', en: 'The roles of an operator were changed' },
  'approval.propose': { zh: '提出待复核事项', en: 'An act was proposed for approval' },
  'approval.withdraw': { zh: '撤回待复核事项', en: 'A proposal was withdrawn' },
  'evidence.erase': { zh: '删除受保护字段', en: 'Protected fields were erased' },
};

export const typeName = (type: string): Words => TYPE_NAMES[type] ?? { zh: type, en: type };
