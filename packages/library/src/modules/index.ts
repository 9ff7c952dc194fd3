import type { Module, RecordType } from '../engine/record-type.ts';
import { libraryError } from '../errors.ts';
import { attachment } from './attachment.ts';
import { award } from './award.ts';
import { bankAccount } from './bank-account.ts';
import { certificate } from './certificate.ts';
import { creditRating } from './credit-rating.ts';
import { finance } from './finance.ts';
import { naturalPerson } from './natural-person.ts';
import { organisation } from './organisation.ts';
import { person } from './person.ts';
import { personAward, personEmployment, personPerformance } from './person-career.ts';
import { personCertificate, personEducation } from './person-papers.ts';
import { GENERAL } from './projects/general.ts';
import { performanceType } from './projects/performance-type.ts';
import { projectType } from './projects/project-type.ts';
import { TRANSPORT } from './projects/transport.ts';
import { WATER } from './projects/water.ts';
import { qualificationHousing } from './qualification-housing.ts';
import { qualificationTransport } from './qualification-transport.ts';
import { label } from './shared/labels.ts';
import { socialCredit } from './social-credit.ts';
import { staffComposition } from './staff-composition.ts';

const BOARDS = [GENERAL, TRANSPORT, WATER];

/** The library's menu, in its order (requirements §12.2). */
export const MODULES: readonly Module[] = [
  {
    name: 'base',
    label: label('主体信息', 'Entity information'),
    types: [organisation, naturalPerson],
    order: 10,
    hint: label(
      '完善基本信息、上传营业执照及法人信息附件并签署承诺书后，即可使用其他模块',
      'Complete this, upload the licence and sign the commitment letter to unlock the other modules',
    ),
  },
  { name: 'bank', label: label('企业银行账户', 'Bank accounts'), types: [bankAccount], order: 20 },
  {
    name: 'project',
    label: label('企业项目信息', 'Projects'),
    types: BOARDS.map(projectType),
    order: 30,
    hint: label(
      '场内项目自动进入列表；外省及未在省平台交易的项目请新增场外项目。提交成功的项目可用于投标',
      'Projects traded on the platform arrive by themselves; add the others. Submitted ones count in bidding',
    ),
  },
  {
    name: 'performance',
    label: label('企业业绩信息', 'Performances'),
    types: BOARDS.map(performanceType),
    order: 40,
    hint: label(
      '业绩来源于企业项目信息：项目竣工提交后自动生成，不可自行添加',
      'They come from completed projects and cannot be added by hand',
    ),
  },
  {
    name: 'qualification',
    label: label('企业资质信息', 'Qualifications'),
    types: [qualificationHousing, qualificationTransport],
    order: 50,
    hint: label(
      '提交成功的资质可用于投标；提交后不可修改，有误请作废后重新新增',
      'Submitted ones count in bidding; to correct one, void it and add a new one',
    ),
  },
  {
    name: 'certificate',
    label: label('企业证书信息', 'Enterprise certificates'),
    types: [certificate],
    order: 60,
  },
  { name: 'award', label: label('企业获奖信息', 'Enterprise awards'), types: [award], order: 70 },
  { name: 'finance', label: label('企业财务信息', 'Enterprise finance'), types: [finance], order: 80 },
  {
    name: 'credit',
    label: label('社会信用信息', 'Social credit information'),
    types: [socialCredit],
    order: 90,
    hint: label(
      '权威机构或市场信用服务机构提供的信用信息，可根据招标项目要求上传',
      'From authorities or credit services, as a tender asks for it',
    ),
  },
  {
    name: 'attachment',
    label: label('附件信息维护', 'Attachments'),
    types: [attachment],
    order: 100,
    hint: label('投标时需要的特殊附件', 'Special papers needed when bidding'),
  },
  {
    name: 'rating',
    label: label('企业信用等级', 'Enterprise credit rating'),
    types: [creditRating],
    order: 110,
    hint: label(
      '请根据相关部门认定的评价结果据实填写',
      'As the competent department has rated the enterprise',
    ),
  },
  {
    name: 'staff',
    label: label('人员构成', 'Staff composition'),
    types: [staffComposition],
    order: 120,
    hint: label('交通类项目投标时展示', 'Shown in bids for transport projects'),
  },
  {
    name: 'person',
    label: label('人员信息', 'Persons'),
    types: [person, personEducation, personCertificate, personAward, personEmployment, personPerformance],
    order: 130,
    hint: label(
      '基本信息提交后，可维护学历信息、资格证书、获奖信息、从业经历、个人业绩',
      'Submit the basic information first; then education, certificates, awards, employment and performances',
    ),
  },
];

export const RECORD_TYPES: readonly RecordType[] = MODULES.flatMap(({ types }) => types);

const byName = new Map(RECORD_TYPES.map((type) => [type.name, type]));
const moduleByType = new Map(MODULES.flatMap((module) => module.types.map(({ name }) => [name, module])));

/** @throws LIB_TYPE */
export function recordType(name: string): RecordType {
  const type = byName.get(name);
  if (type === undefined) throw libraryError('LIB_TYPE');
  return type;
}

/** The module in which records of a type are kept. @throws LIB_TYPE */
export function moduleOf(typeName: string): Module {
  const module = moduleByType.get(typeName);
  if (module === undefined) throw libraryError('LIB_TYPE');
  return module;
}
