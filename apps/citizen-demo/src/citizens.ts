/** Somebody who can log in here. All of them are invented; the numbers pass their check and are nobody's. */
export type Citizen = {
  /** Account name: a telephone number. */
  readonly account: string;
  readonly password: string;
  readonly name: string;
  readonly idNumber: string;
  /** Whether the real name was verified. */
  readonly verified: boolean;
  readonly kind: 'person' | 'organisation';
  /** What a visitor of the demo will see. */
  readonly about: string;
};

export const CITIZENS: readonly Citizen[] = [
  {
    account: '13900000001',
    password: 'gongmin-1',
    name: '萨仁',
    idNumber: '150203198506123024',
    verified: true,
    kind: 'person',
    about: '实名个人：首次登录自动注册为自然人主体',
  },
  {
    account: '13900000002',
    password: 'gongmin-2',
    name: '巴特尔',
    idNumber: '150102199003074518',
    verified: true,
    kind: 'person',
    about: '实名个人：也持有个人证书，两种方式进入同一账户',
  },
  {
    account: '13900000003',
    password: 'gongmin-3',
    name: '宝音',
    idNumber: '152322199211050017',
    verified: false,
    kind: 'person',
    about: '未实名的个人：不能登录主体信息库',
  },
  {
    account: '13900000004',
    password: 'gongmin-4',
    name: '斯琴',
    idNumber: '150102197904123023',
    verified: true,
    kind: 'person',
    about: '企业经办人：在标证通实名认证后认领企业，成为管理员',
  },
  {
    account: '13900000005',
    password: 'gongmin-5',
    name: '哈斯',
    idNumber: '15010319951120301X',
    verified: true,
    kind: 'person',
    about: '办事人员：由管理员添加并授权后使用企业证书',
  },
  {
    account: '13900000006',
    password: 'gongmin-6',
    name: '娜仁',
    idNumber: '150203198809092026',
    verified: true,
    kind: 'person',
    about: '已提交标证通申请的企业经办人，等待窗口审核',
  },
  {
    account: '13900000009',
    password: 'qiye-9',
    name: '内蒙古青山建设工程有限公司',
    idNumber: '150104197804191013',
    verified: true,
    kind: 'organisation',
    about: '企业账号：须改用数字证书登录',
  },
];

/** @returns undefined when account or password is wrong */
export const citizenBy = ({
  account,
  password,
}: Pick<Citizen, 'account' | 'password'>): Citizen | undefined =>
  CITIZENS.find((one) => one.account === account && one.password === password);

export const citizenOf = (account: string): Citizen | undefined =>
  CITIZENS.find((one) => one.account === account);
