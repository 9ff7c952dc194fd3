import { ECONOMIC_TYPES } from '../code-lists/enterprises.ts';
import { IDENTITY_DOCUMENTS } from '../code-lists/persons.ts';
import type { Field } from '../engine/field.ts';
import { isCard, tradingDomains } from './shared/choices.ts';
import { label, options, TEN_THOUSAND_YUAN } from './shared/labels.ts';
import { files, longTerm, someFiles, validTo } from './shared/papers.ts';

/** Fields of F-BASE, by the sections of the form. */

export const IDENTITY: readonly Field[] = [
  {
    kind: 'uscc',
    name: 'uscc',
    label: label('统一社会信用代码', 'Unified social credit code'),
    required: 'always',
    source: 'certificate',
    fixed: true,
  },
  {
    kind: 'text',
    max: 200,
    name: 'entityName',
    label: label('主体名称', 'Name'),
    required: 'always',
    // Follows the certificate: a renamed enterprise gets a new one (HUB-110).
    source: 'certificate',
    hint: label('与数字证书中的单位名称一致', 'As in the digital certificate'),
  },
  {
    kind: 'rows',
    max: 20,
    name: 'formerNames',
    label: label('曾用名', 'Former names'),
    columns: [
      { name: 'name', label: label('名称', 'Name'), kind: 'text', required: true },
      { name: 'until', label: label('变更日期', 'Changed on'), kind: 'date', required: true },
    ],
  },
  {
    kind: 'choice',
    name: 'entityKind',
    label: label('法人机构类别', 'Kind of organisation'),
    required: 'always',
    options: options({
      ENTERPRISE: ['企业', 'Enterprise'],
      AUTHORITY: ['机关', 'Government body'],
      PUBLIC_INSTITUTION: ['事业单位', 'Public institution'],
      SOCIAL_ORGANISATION: ['社会组织', 'Social organisation'],
      OTHER: ['其他', 'Other'],
    }),
  },
  {
    kind: 'choices',
    min: 1,
    name: 'roles',
    label: label('主体角色', 'Roles'),
    required: 'always',
    options: options({
      TENDEREE: ['招标人', 'Tenderee'],
      AGENCY: ['招标代理', 'Tendering agency'],
      BIDDER: ['投标人', 'Bidder'],
    }),
  },
  tradingDomains,
  {
    kind: 'choice',
    name: 'companyType',
    label: label('企业类型', 'Type of enterprise'),
    options: ECONOMIC_TYPES.entries,
  },
  {
    kind: 'choice',
    name: 'enterpriseSize',
    label: label('企业规模', 'Size'),
    // 国家统计局《统计上大中小微型企业划分办法（2017）》
    options: options({
      LARGE: ['大型', 'Large'],
      MEDIUM: ['中型', 'Medium'],
      SMALL: ['小型', 'Small'],
      MICRO: ['微型', 'Micro'],
    }),
  },
  {
    kind: 'choice',
    codeList: 'industries',
    name: 'industryCode',
    label: label('行业代码', 'Industry'),
    hint: label('按营业执照的主营行业选择', 'The main industry of the licence'),
  },
  {
    kind: 'choice',
    name: 'entityStatus',
    label: label('登记状态', 'Registration status'),
    required: 'always',
    initial: 'ACTIVE',
    options: options({
      ACTIVE: ['存续', 'Active'],
      OPERATING: ['在业', 'Operating'],
      MOVED_OUT: ['迁出', 'Moved away'],
      SUSPENDED: ['停业', 'Suspended'],
      REVOKED: ['吊销', 'Licence revoked'],
      CANCELLED: ['注销', 'Deregistered'],
    }),
  },
];

export const PLACE: readonly Field[] = [
  {
    kind: 'choice',
    codeList: 'countries',
    name: 'country',
    label: label('国别/地区', 'Country or region'),
    required: 'always',
    initial: 'CHN',
  },
  {
    kind: 'choice',
    codeList: 'regions',
    name: 'region',
    label: label('行政区划代码', 'Administrative division'),
    required: 'always',
  },
  {
    kind: 'text',
    max: 200,
    name: 'regAddress',
    label: label('注册地址（住所）', 'Registered address'),
    required: 'always',
  },
  { kind: 'text', max: 200, name: 'officeAddress', label: label('经营（办公）地址', 'Business address') },
  {
    kind: 'text',
    max: 6,
    name: 'postcode',
    label: label('邮编', 'Postcode'),
    pattern: { regex: /^\d{6}$/, says: label('邮编为 6 位数字', 'A postcode has 6 digits') },
  },
];

export const REPRESENTATIVE: readonly Field[] = [
  {
    kind: 'text',
    min: 2,
    max: 50,
    name: 'legalRepName',
    label: label('法定代表人姓名', 'Name of the legal representative'),
    required: 'always',
    privacy: 'personal',
  },
  {
    kind: 'choice',
    name: 'legalRepIdType',
    label: label('法定代表人证件类型', 'Identity document'),
    required: 'always',
    initial: 'ID_CARD',
    options: IDENTITY_DOCUMENTS.entries,
  },
  {
    kind: 'id-number',
    card: isCard('legalRepIdType'),
    name: 'legalRepIdNo',
    label: label('法定代表人证件号码', 'Document number'),
    required: 'always',
    privacy: 'personal',
  },
  {
    kind: 'phone',
    name: 'legalRepPhone',
    label: label('法定代表人电话', 'Telephone of the legal representative'),
    privacy: 'personal',
  },
];

export const CAPITAL: readonly Field[] = [
  {
    kind: 'decimal',
    decimals: 6,
    min: '0',
    unit: TEN_THOUSAND_YUAN,
    name: 'regCapital',
    label: label('注册资本', 'Registered capital'),
    required: 'always',
    hint: label('机关、事业单位没有的填 0', '0 for bodies that have none'),
  },
  {
    kind: 'choice',
    codeList: 'currencies',
    name: 'regCapitalCurrency',
    label: label('注册资本币种', 'Currency'),
    required: 'always',
    initial: 'CNY',
  },
  {
    kind: 'choice',
    name: 'regCapitalUnit',
    label: label('注册资本单位', 'Unit'),
    required: 'always',
    initial: 'WAN',
    options: options({ WAN: ['万元', '10,000'] }),
  },
  {
    kind: 'decimal',
    decimals: 6,
    min: '0',
    unit: TEN_THOUSAND_YUAN,
    name: 'paidCapital',
    label: label('实缴资本', 'Paid-in capital'),
  },
  {
    kind: 'date',
    notAfterToday: true,
    name: 'establishDate',
    label: label('成立日期', 'Founded on'),
    required: 'always',
  },
  { kind: 'date', name: 'bizFrom', label: label('营业期限起', 'Term from'), required: 'always' },
  { ...longTerm, label: label('营业期限长期', 'Term without end') },
  validTo({ name: 'bizTo', label: label('营业期限止', 'Term until') }),
  { kind: 'text', max: 100, name: 'regAuthority', label: label('登记机关', 'Registration authority') },
  {
    kind: 'text',
    max: 4000,
    multiline: true,
    name: 'businessScope',
    label: label('经营范围', 'Scope of business'),
    required: 'always',
  },
];

export const CONTACT: readonly Field[] = [
  {
    kind: 'text',
    max: 50,
    name: 'contactName',
    label: label('联系人', 'Contact'),
    required: 'always',
    privacy: 'personal',
  },
  {
    kind: 'phone',
    name: 'contactPhone',
    label: label('联系电话', 'Telephone'),
    required: 'always',
    privacy: 'personal',
  },
  {
    kind: 'email',
    name: 'email',
    label: label('电子邮箱', 'E-mail'),
    privacy: 'personal',
    hint: label('到期提醒等通知发到这里', 'Reminders are sent here'),
  },
  {
    kind: 'text',
    max: 50,
    name: 'reportPerson',
    label: label('信息申报责任人', 'Responsible for this information'),
    required: 'always',
    privacy: 'personal',
  },
  {
    kind: 'phone',
    name: 'reportPhone',
    label: label('信息申报责任人电话', 'Telephone of the person responsible'),
    required: 'always',
    privacy: 'personal',
  },
  {
    kind: 'choice',
    name: 'creditGrade',
    label: label('资信等级', 'Credit standing'),
    options: options({
      AAA: ['AAA', 'AAA'],
      AA: ['AA', 'AA'],
      A: ['A', 'A'],
      BBB: ['BBB', 'BBB'],
      BB: ['BB', 'BB'],
      B: ['B', 'B'],
      NONE: ['未评级', 'Not rated'],
    }),
  },
  { kind: 'text', max: 100, name: 'baseBankName', label: label('开户银行', 'Bank') },
  { kind: 'account-number', name: 'baseBankAccount', label: label('基本账户账号', 'Basic account') },
];

export const PAPERS: readonly Field[] = [
  {
    ...files({ name: 'licenceFile', label: label('营业执照', 'Business licence') }),
    kind: 'files',
    min: 1,
    max: 5,
  },
  files({
    name: 'legalRepIdFile',
    label: label('法定代表人身份证件', 'Identity document of the legal representative'),
    hint: label('正反两面', 'Front and back'),
  }),
  someFiles({
    name: 'qualificationFiles',
    label: label('企业资质证书', 'Qualification certificates'),
    hint: label('经营资质也上传到这里', 'Business permits belong here too'),
  }),
];
