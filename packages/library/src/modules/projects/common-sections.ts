import type { Condition, Field, Option } from '../../engine/field.ts';
import type { Section } from '../../engine/record-type.ts';
import { ATTACHMENTS, label, options } from '../shared/labels.ts';
import { files, someFiles } from '../shared/papers.ts';
import { money } from './money.ts';

/** What the three boards have in common (F-PROJ). The board itself is the record's type. */

// 招标投标法 第四十五条: only who won a tender has a notice of award.
const DIRECT: Condition = { field: 'bidMethod', is: 'DIRECT' };
const TENDERED = { when: { not: DIRECT } } as const;
const COMPLETE = ['complete'] as const;

/** @param category options of 工程类别; none where the board asks for it in its own words */
export function projectSection(category: readonly Option[] | undefined): Section {
  const categories: readonly Field[] =
    category === undefined
      ? []
      : [
          {
            kind: 'choice',
            name: 'category',
            label: label('工程类别', 'Category of works'),
            required: 'always',
            options: category,
          },
        ];
  return {
    name: 'project',
    label: label('项目信息', 'Project'),
    fields: [
      {
        kind: 'text',
        max: 300,
        name: 'projectName',
        label: label('项目名称', 'Project name'),
        required: 'always',
      },
      {
        kind: 'text',
        max: 40,
        name: 'projectCode',
        label: label('项目代码', 'Project code'),
        hint: label(
          '投资项目统一代码，例：2024-320102-48-01-123456',
          'National code of the investment project, e.g. 2024-320102-48-01-123456',
        ),
      },
      {
        kind: 'text',
        max: 200,
        name: 'sectionName',
        label: label('标段（包）名称', 'Lot name'),
        required: 'always',
      },
      { kind: 'text', max: 60, name: 'sectionNo', label: label('标段（包）编号', 'Lot number') },
      { kind: 'text', max: 60, name: 'tradeNo', label: label('招标项目编号', 'Tender number') },
      {
        kind: 'choice',
        name: 'projectType',
        label: label('工程类型', 'Type of contract'),
        required: 'always',
        options: options({
          CONSTRUCTION: ['施工', 'Construction'],
          SUPERVISION: ['监理', 'Supervision'],
          DESIGN: ['设计', 'Design'],
          SURVEY: ['勘察', 'Survey'],
          EPC: ['EPC', 'EPC'],
          TESTING: ['检测', 'Testing'],
          CONSULTING: ['咨询', 'Consulting'],
          MATERIALS: ['材料设备', 'Materials and equipment'],
          OTHER: ['其他', 'Other'],
        }),
      },
      ...categories,
      {
        kind: 'choice',
        codeList: 'regions',
        name: 'region',
        label: label('行政区划', 'Administrative division'),
        required: 'always',
      },
      { kind: 'text', max: 200, name: 'location', label: label('建设地点', 'Site'), required: 'always' },
      { kind: 'text', max: 200, name: 'owner', label: label('建设单位', 'Client'), required: 'always' },
      {
        kind: 'uscc',
        name: 'ownerUscc',
        label: label('建设单位统一社会信用代码', 'Unified social credit code of the client'),
      },
      { kind: 'text', max: 200, name: 'agency', label: label('招标代理机构', 'Tendering agency') },
      { kind: 'text', max: 100, name: 'fundSource', label: label('资金来源', 'Source of funds') },
      {
        kind: 'text',
        max: 1000,
        multiline: true,
        name: 'scale',
        label: label('工程规模', 'Scale of works'),
        required: 'always',
      },
    ],
  };
}

export const BID_SECTION: Section = {
  name: 'bid',
  label: label('中标信息', 'Award'),
  fields: [
    {
      kind: 'choice',
      name: 'bidMethod',
      label: label('招标方式', 'Procurement method'),
      required: 'always',
      options: options({
        OPEN: ['公开招标', 'Open tender'],
        INVITED: ['邀请招标', 'Invited tender'],
        DIRECT: ['直接发包', 'Direct award'],
        NEGOTIATION: ['竞争性谈判', 'Competitive negotiation'],
        OTHER: ['其他', 'Other'],
      }),
    },
    { ...money('winAmount', '中标金额', 'Award amount'), required: TENDERED },
    {
      kind: 'date',
      notAfterToday: true,
      name: 'winDate',
      label: label('中标日期', 'Awarded on'),
      required: TENDERED,
    },
    {
      kind: 'text',
      max: 60,
      name: 'winNoticeNo',
      label: label('中标通知书编号', 'Number of the award notice'),
    },
    {
      kind: 'integer',
      min: 1,
      max: 36_500,
      unit: label('日历天', 'calendar days'),
      name: 'duration',
      label: label('工期', 'Duration'),
      required: 'always',
    },
  ],
};

export const CONTRACT_SECTION: Section = {
  name: 'contract',
  label: label('合同信息', 'Contract'),
  fields: [
    { kind: 'text', max: 60, name: 'contractNo', label: label('合同编号', 'Contract number') },
    {
      kind: 'text',
      max: 300,
      name: 'contractName',
      label: label('合同名称', 'Contract name'),
      required: { at: COMPLETE },
    },
    {
      kind: 'date',
      notAfterToday: true,
      name: 'contractDate',
      label: label('合同签订日期', 'Signed on'),
      required: 'always',
    },
    { ...money('contractAmount', '合同金额', 'Contract amount'), required: 'always' },
    {
      kind: 'choice',
      name: 'contractPriceType',
      label: label('合同价格形式', 'Pricing'),
      // 《建设工程施工合同（示范文本）》GF-2017-0201 第12.1条
      options: options({
        LUMP_SUM: ['总价', 'Lump sum'],
        UNIT_PRICE: ['单价', 'Unit price'],
        COST_PLUS: ['成本加酬金', 'Cost plus fee'],
      }),
    },
  ],
};

/** Leaders are chosen among persons who are employed; a typed name is impossible (LIB-PROJ-13, OD-18). */
export const PEOPLE_SECTION: Section = {
  name: 'people',
  label: label('人员信息', 'People'),
  fields: [
    {
      kind: 'reference',
      to: ['person'],
      name: 'leaderId',
      label: label('项目负责人', 'Project leader'),
      required: 'always',
      // Later by 变更负责人 alone, with proof (LIB-PROJ-11).
      fixed: true,
      hint: label('从“人员信息”的在职人员中选择', 'An employed person of 人员信息'),
    },
    {
      kind: 'reference',
      to: ['person'],
      name: 'techLeaderId',
      label: label('技术负责人', 'Technical leader'),
      hint: label('从“人员信息”的在职人员中选择', 'An employed person of 人员信息'),
    },
  ],
};

export const SCHEDULE_SECTION: Section = {
  name: 'schedule',
  label: label('进度与质量', 'Schedule and quality'),
  fields: [
    { kind: 'date', name: 'startDate', label: label('开工日期', 'Start'), required: 'always' },
    { kind: 'date', name: 'plannedEndDate', label: label('计划竣工日期', 'Planned completion') },
    { kind: 'text', max: 60, name: 'licenceNo', label: label('施工许可证号', 'Construction permit number') },
    { kind: 'text', max: 100, name: 'qualityRequirement', label: label('质量要求', 'Quality required') },
  ],
};

export const PAPERS_SECTION: Section = {
  name: 'papers',
  label: ATTACHMENTS,
  fields: [
    files({ name: 'winNoticeFile', label: label('中标通知书', 'Award notice'), required: TENDERED }),
    files({ name: 'contractFile', label: label('合同', 'Contract') }),
    someFiles({ name: 'otherFiles', label: label('其他附件', 'Other papers') }),
  ],
};
