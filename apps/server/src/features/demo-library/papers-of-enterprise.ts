import type { Scene, Step } from './scene.ts';

/** Papers, accounts and figures. Some end soon: the dashboard and the warnings have something to say. */

const submitted = (type: string, takes: Step['takes'], as?: string): Step => ({
  type,
  event: 'submit',
  ...(takes === undefined ? {} : { takes }),
  ...(as === undefined ? {} : { as }),
});

const account = (scene: Scene, more: Readonly<Record<string, unknown>>) => ({
  accountName: scene.enterprise.name,
  region: scene.enterprise.region,
  openDate: scene.enterprise.founded,
  ...more,
});

const ACCOUNTS: readonly Step[] = [
  submitted('bank-account', (scene) =>
    account(scene, {
      accountType: 'BASIC',
      accountNo: '0602 0012 0922 4713 058',
      bankName: '中国工商银行',
      bankBranch: `${scene.enterprise.city}分行营业部`,
      cnaps: '102191000015',
      openingPermit: scene.paper('基本存款账户信息'),
    }),
  ),
  submitted(
    'bank-account',
    (scene) =>
      account(scene, {
        accountType: 'GENERAL',
        accountNo: '15001666638052501234',
        bankName: '中国建设银行',
        bankBranch: `${scene.enterprise.city}分行`,
      }),
    'old-account',
  ),
  { type: 'bank-account', event: 'void', on: 'old-account', reason: '该账户已销户' },
];

const qualification = (scene: Scene, more: Readonly<Record<string, unknown>>) => ({
  industry: 'HOUSING',
  issuer: '内蒙古自治区住房和城乡建设厅',
  file: scene.paper('建筑业企业资质证书'),
  ...more,
});

const QUALIFICATIONS: readonly Step[] = [
  submitted('qualification-housing', (scene) =>
    qualification(scene, {
      qualSeries: 'GENERAL',
      qualSpecialty: 'GENERAL_BUILDING',
      qualLevel: 'FIRST',
      certNo: 'D115012345',
      issueDate: scene.day(-1780),
      validTo: scene.day(46),
    }),
  ),
  submitted('qualification-housing', (scene) =>
    qualification(scene, {
      qualSeries: 'GENERAL',
      qualSpecialty: 'GENERAL_MUNICIPAL',
      qualLevel: 'SECOND',
      certNo: 'D215067891',
      issueDate: scene.day(-700),
      validTo: scene.day(1125),
    }),
  ),
  {
    type: 'qualification-housing',
    event: 'save',
    takes: () => ({ industry: 'HOUSING', qualSeries: 'SPECIALISED', qualSpecialty: 'SPECIALISED_STEEL' }),
  },
  submitted('qualification-transport', (scene) => ({
    qualType: 'MAINTENANCE',
    qualSpecial: 'PAVEMENT',
    qualLevel: 'A',
    certNo: 'YH15-A-0067',
    issuer: '内蒙古自治区交通运输厅',
    issueDate: scene.day(-400),
    validTo: scene.day(1425),
    file: scene.paper('公路养护作业单位资质证书'),
  })),
];

const CERTIFICATES: readonly Step[] = [
  submitted('certificate', (scene) => ({
    certType: 'SAFETY_LICENCE',
    certName: '安全生产许可证',
    certNo: '（蒙）JZ安许证字〔2009〕010236',
    issuer: '内蒙古自治区住房和城乡建设厅',
    issueDate: scene.day(-1072),
    validFrom: scene.day(-1071),
    validTo: scene.day(24),
    scope: '建筑施工',
    file: scene.paper('安全生产许可证'),
  })),
  submitted('certificate', (scene) => ({
    certType: 'QUALITY',
    certName: '质量管理体系认证证书',
    certNo: '0350024Q31872R2M',
    issuer: '北京新世纪检验认证有限公司',
    issueDate: scene.day(-300),
    validFrom: scene.day(-300),
    validTo: scene.day(795),
    scope: '资质范围内的房屋建筑工程施工',
    file: scene.paper('质量管理体系认证证书'),
  })),
];

const OTHERS: readonly Step[] = [
  submitted('award', (scene) => ({
    awardName: '草原杯工程质量奖',
    awardLevel: 'PROVINCIAL',
    awardType: 'QUALITY',
    awardProject: scene.id('general'),
    issuer: '内蒙古自治区建筑业协会',
    awardDate: '2025-01-10',
    docNo: '内建协〔2025〕3号',
    file: scene.paper('草原杯获奖证书'),
  })),
  submitted('social-credit', (scene) => ({
    creditType: 'REPORT',
    title: '法人和非法人组织公共信用信息报告',
    provider: '信用中国（内蒙古）',
    providerKind: 'AUTHORITY',
    issueDate: scene.day(-12),
    validTo: scene.day(78),
    sourceUrl: 'https://www.creditchina.gov.cn',
    file: scene.paper('公共信用信息报告'),
  })),
  submitted('attachment', (scene) => ({
    attType: 'TAX_PAYMENT',
    name: '近三个月纳税证明',
    file: scene.paper('税收完税证明'),
  })),
  submitted('credit-rating', (scene) => ({
    ratingYear: Number(scene.day(-365).slice(0, 4)),
    industry: 'HIGHWAY',
    ratingDept: '内蒙古自治区交通运输厅',
    rating: 'A',
    score: '91.5',
    docNo: '内交发〔2026〕118号',
    issueDate: scene.day(-150),
    file: scene.paper('公路施工企业信用评价结果'),
  })),
  submitted('staff-composition', (scene) => ({
    statDate: scene.day(-20),
    total: 268,
    managers: 21,
    senior: 18,
    middle: 64,
    junior: 71,
    skilled: 96,
    registered: { BUILDER_1: 14, BUILDER_2: 22, COST_1: 3, SAFETY: 4 },
    file: scene.paper('社会保险参保证明'),
  })),
];

function year(
  back: number,
  [assets, debts, revenue, profit]: readonly [number, number, number, number],
): Step {
  return submitted('finance', (scene) => ({
    fiscalYear: Number(scene.day(0).slice(0, 4)) - back,
    totalAssets: String(assets),
    totalLiabilities: String(debts),
    equity: String(assets - debts),
    currentAssets: String(Math.round(assets * 0.7)),
    currentLiabilities: String(Math.round(debts * 0.8)),
    revenue: String(revenue),
    totalProfit: String(Math.round(profit * 1.2)),
    netProfit: String(profit),
    auditFirm: '内蒙古中天华正会计师事务所',
    auditReportNo: `中天华审字〔${Number(scene.day(0).slice(0, 4)) - back + 1}〕第 0${16 + back} 号`,
    auditOpinion: 'UNQUALIFIED',
    file: scene.paper('审计报告'),
  }));
}

export const PAPER_STEPS: readonly Step[] = [
  ...ACCOUNTS,
  ...QUALIFICATIONS,
  ...CERTIFICATES,
  year(3, [30214, 17850, 26340, 905]),
  year(2, [33876, 19420, 31208, 1187]),
  year(1, [36590, 20115, 34761, 1342]),
  ...OTHERS,
];
