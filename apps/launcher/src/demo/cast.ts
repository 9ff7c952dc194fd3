import type { DeskRole } from '@hufu/contracts';

export type HolderKind = 'enterprise' | 'legalRepresentative' | 'individual' | 'operator';
export type Fate = 'valid' | 'expired' | 'not-yet-valid' | 'revoked' | 'on-hold';

/** One ready key of the demo: whose it is, what becomes of it, and what a visitor should see. */
export type DemoKey = {
  readonly id: string;
  readonly authority: string;
  readonly kind: HolderKind;
  readonly fate: Fate;
  readonly holder: string;
  readonly unitName: string;
  readonly uscc: string;
  readonly personName?: string;
  /** Of an individual: the same as at the citizens' identity provider. */
  readonly personIdNo?: string;
  readonly pin: string;
  readonly inserted: boolean;
  readonly label: string;
  readonly labelEn: string;
  readonly expectation: string;
  readonly expectationEn: string;
  readonly group: 'GOOD' | 'BAD' | 'DESK';
  readonly deskRoles?: readonly DeskRole[];
};

const QINGSHAN = { unitName: '内蒙古青山建设工程有限公司', uscc: '91150102MA0N7A2144' } as const;
const BAOGANG = { unitName: '包头市昆河建筑安装有限公司', uscc: '91150203MA0P3B428B' } as const;
const ERDOS = { unitName: '鄂尔多斯市康巴招标代理有限公司', uscc: '91150602MA0Q8C63XF' } as const;
const XILIN = { unitName: '锡林浩特市草原牧业有限公司', uscc: '91152502MA0R5D8481' } as const;
const OUTSIDE = { unitName: '江苏外埠工程有限公司', uscc: '91110108MA01E2F56L' } as const;
const CENTRE = { unitName: '内蒙古自治区公共资源交易中心', uscc: '12152500460123458W' } as const;

const bad = { group: 'BAD', pin: '111111', inserted: false } as const;
const desk = {
  ...CENTRE,
  authority: 'caoyuan-ca',
  kind: 'operator',
  fate: 'valid',
  group: 'DESK',
  inserted: false,
} as const;

export const DEMO_KEYS: readonly DemoKey[] = [
  {
    ...QINGSHAN,
    id: 'qingshan-1',
    authority: 'caoyuan-ca',
    kind: 'enterprise',
    fate: 'valid',
    holder: QINGSHAN.unitName,
    pin: '123456',
    inserted: true,
    group: 'GOOD',
    label: '青山建设 企业锁（国密）',
    labelEn: 'Qingshan Construction, enterprise key (SM2)',
    expectation: '从这里开始：先“企业绑定”，再登录、授权，进入交易平台。首次绑定的锁就是主锁。',
    expectationEn:
      'Start here: bind, log in, authorise, enter a platform. The first key bound is the primary.',
  },
  {
    ...QINGSHAN,
    id: 'qingshan-2',
    authority: 'hetao-ca',
    kind: 'enterprise',
    fate: 'valid',
    holder: QINGSHAN.unitName,
    pin: '234567',
    inserted: false,
    group: 'GOOD',
    label: '青山建设 备用副锁（另一家CA）',
    labelEn: 'Qingshan Construction, second key (another CA)',
    expectation:
      '用主锁登录后，在“个人信息登录 → 修改信息 → 02证书绑定”里激活为副锁；直接绑定会提示代码已存在。',
    expectationEn:
      'Activate it as a secondary key from the primary’s session; binding it directly is refused.',
  },
  {
    ...BAOGANG,
    id: 'kunhe-slow',
    authority: 'baisong-ca',
    kind: 'enterprise',
    fate: 'valid',
    holder: BAOGANG.unitName,
    pin: '345678',
    inserted: false,
    group: 'GOOD',
    label: '昆河建安 企业锁（CA应答慢）',
    labelEn: 'Kunhe Building, enterprise key (slow CA)',
    expectation: '绑定和登录都能成功，但要等签发机构答复约6秒，页面会说明正在等谁。',
    expectationEn: 'Works, but waits about six seconds for its CA; the page says for whom.',
  },
  {
    ...ERDOS,
    id: 'kangba-agency',
    authority: 'hetao-ca',
    kind: 'enterprise',
    fate: 'valid',
    holder: ERDOS.unitName,
    pin: '456789',
    inserted: false,
    group: 'GOOD',
    label: '康巴招标代理 企业锁（ECDSA）',
    labelEn: 'Kangba Agency, enterprise key (ECDSA)',
    expectation: '另一家CA、另一种算法，同样可以绑定和登录。',
    expectationEn: 'Another CA and another algorithm: binds and logs in all the same.',
  },
  {
    ...bad,
    ...QINGSHAN,
    id: 'qingshan-legal',
    authority: 'caoyuan-ca',
    kind: 'legalRepresentative',
    fate: 'valid',
    holder: `${QINGSHAN.unitName} 法定代表人`,
    personName: '乌兰',
    label: '青山建设 法人锁',
    labelEn: 'Qingshan Construction, legal representative’s key',
    expectation: '绑定提示请使用企业锁；登录提示法人锁不支持跨平台投标。',
    expectationEn: 'Refused: a legal representative’s key cannot be used across platforms.',
  },
  {
    ...bad,
    ...QINGSHAN,
    id: 'qingshan-person',
    authority: 'caoyuan-ca',
    kind: 'individual',
    fate: 'valid',
    holder: '巴特尔（个人）',
    personName: '巴特尔',
    personIdNo: '150102199003074518',
    label: '巴特尔 个人证书',
    labelEn: 'Bateer, individual certificate',
    expectation: '提示请使用“企业证书”，勿使用“个人证书”。',
    expectationEn: 'Refused: use an enterprise certificate.',
  },
  {
    ...bad,
    ...XILIN,
    id: 'xilin-expired',
    authority: 'caoyuan-ca',
    kind: 'enterprise',
    fate: 'expired',
    holder: XILIN.unitName,
    label: '草原牧业 已过期的锁',
    labelEn: 'Grassland Husbandry, expired',
    expectation: '提示证书已被吊销，请联系CA签发机构，并说明实际原因是已过期。',
    expectationEn: 'Refused: expired, with the date and the CA’s phone.',
  },
  {
    ...bad,
    ...XILIN,
    id: 'xilin-revoked',
    authority: 'caoyuan-ca',
    kind: 'enterprise',
    fate: 'revoked',
    holder: XILIN.unitName,
    label: '草原牧业 已吊销的锁',
    labelEn: 'Grassland Husbandry, revoked',
    expectation: '提示证书已被吊销，并给出吊销日期和CA电话。',
    expectationEn: 'Refused: revoked, with the date and the CA’s phone.',
  },
  {
    ...bad,
    ...XILIN,
    id: 'xilin-lost',
    authority: 'hetao-ca',
    kind: 'enterprise',
    fate: 'on-hold',
    holder: XILIN.unitName,
    label: '草原牧业 已挂失的锁',
    labelEn: 'Grassland Husbandry, reported lost',
    expectation: '同一句提示，第二行说明已挂失。',
    expectationEn: 'Refused: reported lost.',
  },
  {
    ...bad,
    ...XILIN,
    id: 'xilin-future',
    authority: 'hetao-ca',
    kind: 'enterprise',
    fate: 'not-yet-valid',
    holder: XILIN.unitName,
    label: '草原牧业 尚未生效的锁',
    labelEn: 'Grassland Husbandry, not yet valid',
    expectation: '提示证书尚未生效和生效日期。',
    expectationEn: 'Refused: not valid yet, with the date.',
  },
  {
    ...bad,
    ...OUTSIDE,
    id: 'outside',
    authority: 'waisheng-ca',
    kind: 'enterprise',
    fate: 'valid',
    holder: OUTSIDE.unitName,
    label: '外省企业锁（未加入互认）',
    labelEn: 'Enterprise key from another province',
    expectation: '提示不在本区CA互认范围内。',
    expectationEn: 'Refused: its CA is not recognised here.',
  },
  {
    ...desk,
    id: 'desk-admin',
    holder: '系统管理员 苏和',
    personName: '苏和',
    pin: '900001',
    label: '工作台 管理员 苏和',
    labelEn: 'Desk: administrator Suhe',
    expectation: '进入“工作台”，管理平台、CA和操作员。危险操作需另一人复核。',
    expectationEn: 'Open the desk: platforms, authorities, operators. Dangerous steps need a second person.',
    deskRoles: ['admin', 'reviewer'],
  },
  {
    ...desk,
    id: 'desk-reviewer',
    holder: '复核员 其其格',
    personName: '其其格',
    pin: '900002',
    label: '工作台 复核员 其其格',
    labelEn: 'Desk: reviewer Qiqige',
    expectation: '复核别人提出的事项，用自己的锁签名决定。',
    expectationEn: 'Decides what others propose, with a signature of her own key.',
    deskRoles: ['reviewer'],
  },
  {
    ...desk,
    id: 'desk-clerk',
    holder: '经办员 朝鲁',
    personName: '朝鲁',
    pin: '900003',
    label: '工作台 经办员 朝鲁',
    labelEn: 'Desk: clerk Chaolu',
    expectation: '受理解绑申请、初审材料。',
    expectationEn: 'Takes unbinding applications and checks the material.',
    deskRoles: ['clerk'],
  },
  {
    ...desk,
    id: 'desk-auditor',
    holder: '审计员 高娃',
    personName: '高娃',
    pin: '900004',
    label: '工作台 审计员 高娃',
    labelEn: 'Desk: auditor Gaowa',
    expectation: '查看和导出审计记录，不能改动任何东西。',
    expectationEn: 'Reads and exports the audit log; can change nothing.',
    deskRoles: ['auditor'],
  },
];
