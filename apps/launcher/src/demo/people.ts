/** Invented persons who hold phone certificates; the citizens' identity provider knows them by the same numbers. */
export type DemoPerson = {
  readonly name: string;
  readonly mobile: string;
  readonly expectation: string;
  readonly expectationEn: string;
};

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    name: '斯琴',
    mobile: '13900000004',
    expectation:
      '企业经办人。认领“内蒙古云杉信息技术有限公司”（91150105MA0T6E91X4），申请企业证书，成为管理员。',
    expectationEn:
      'Claims 内蒙古云杉信息技术有限公司 (91150105MA0T6E91X4), applies for its certificate, becomes its administrator.',
  },
  {
    name: '哈斯',
    mobile: '13900000005',
    expectation: '办事人员。由斯琴添加并授权后，也能用企业证书扫码。',
    expectationEn: 'Joins at the administrator’s invitation and uses the certificate by grants.',
  },
  {
    name: '娜仁',
    mobile: '13900000006',
    expectation: '她的申请已在窗口等待审核：先到工作台受理，再登录手机付款、下载。',
    expectationEn:
      'Her application already waits at the counter: decide on it at the desk, then pay and download.',
  },
];
