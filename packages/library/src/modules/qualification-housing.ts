import {
  QUALIFICATION_SERIES,
  QUALIFICATION_SPECIALTIES,
} from '../code-lists/construction-qualifications.ts';
import type { Condition, Option, Value, Values } from '../engine/field.ts';
import type { RecordType } from '../engine/record-type.ts';
import { dateOrder, notExpired } from './shared/checks.ts';
import { ATTACHMENTS, label, options } from './shared/labels.ts';
import { draftedRecord } from './shared/life-cycles.ts';
import { files, issueDate, issuer } from './shared/papers.ts';

export const QUALIFICATION_DIALOG = label('新增企业资质', 'Add enterprise qualification');
export const ADD_QUALIFICATION = label('新增资质', 'Add qualification');
export const QUALIFICATION = label('企业资质', 'enterprise qualification');

const HOUSING: Condition = { field: 'industry', is: 'HOUSING' };
const WATER: Condition = { field: 'industry', is: 'WATER' };

// 《水利工程建设监理单位资质管理办法》 and 《水利工程质量检测管理规定》 name the kinds.
const WATER_KINDS = options({
  SUPERVISION: ['水利工程施工监理', 'Supervision of water works'],
  SOIL: ['水土保持工程施工监理', 'Supervision of soil and water conservation works'],
  EQUIPMENT: ['机电及金属结构设备制造监理', 'Supervision of equipment manufacture'],
  ENVIRONMENT: ['水利工程建设环境保护监理', 'Environmental supervision of water works'],
  TESTING: ['水利工程质量检测', 'Quality testing of water works'],
  OTHER: ['其他', 'Other'],
});

const LEVELS = {
  HOUSING: options({
    COMPREHENSIVE: ['综合', 'Comprehensive'],
    SPECIAL: ['特级', 'Special grade'],
    FIRST: ['一级（甲级）', 'Grade 1 (A)'],
    SECOND: ['二级（乙级）', 'Grade 2 (B)'],
    THIRD: ['三级（丙级）', 'Grade 3 (C)'],
    UNGRADED: ['不分等级', 'Not graded'],
  }),
  WATER: options({
    FIRST: ['甲级', 'Grade A'],
    SECOND: ['乙级', 'Grade B'],
    THIRD: ['丙级', 'Grade C'],
    UNGRADED: ['不分等级', 'Not graded'],
  }),
};

const zh = (list: readonly Option[] | undefined, code: Value | undefined): string =>
  list?.find((option) => option.code === code)?.label.zh ?? '';

/** As it is said: 建筑工程施工总承包一级（甲级）. */
function qualName(values: Values): string {
  if (values['industry'] === 'WATER') {
    return `${zh(WATER_KINDS, values['qualType'])}${zh(LEVELS.WATER, values['qualLevel'])}`;
  }
  const series = values['qualSeries'];
  const specialties = typeof series === 'string' ? QUALIFICATION_SPECIALTIES[series] : undefined;
  return [
    zh(specialties, values['qualSpecialty']),
    zh(QUALIFICATION_SERIES, series),
    zh(LEVELS.HOUSING, values['qualLevel']),
  ].join('');
}

/** 企业资质（住建、水利） (LIB-QUAL-01, F-QUAL-H, F-QUAL-W, SM-RECORD-A): one list, two authorities. */
export const qualificationHousing: RecordType = {
  name: 'qualification-housing',
  label: label('企业资质（住建、水利）', 'Qualifications (construction, water)'),
  adding: { button: ADD_QUALIFICATION, dialog: QUALIFICATION_DIALOG },
  owner: 'organisation',
  sections: [
    {
      name: 'qualification',
      label: label('资质信息', 'Qualification'),
      fields: [
        {
          kind: 'choice',
          name: 'industry',
          label: label('行业主管', 'Authority'),
          required: 'always',
          initial: 'HOUSING',
          options: options({
            HOUSING: ['住建', 'Housing and construction'],
            WATER: ['水利', 'Water resources'],
          }),
        },
        {
          kind: 'choice',
          name: 'qualSeries',
          label: label('资质序列', 'Series'),
          required: { when: HOUSING },
          visible: HOUSING,
          options: QUALIFICATION_SERIES,
        },
        {
          kind: 'choice',
          name: 'qualSpecialty',
          label: label('资质专业类别', 'Specialty'),
          required: { when: HOUSING },
          visible: HOUSING,
          dependsOn: 'qualSeries',
          optionsOf: QUALIFICATION_SPECIALTIES,
        },
        {
          kind: 'choice',
          name: 'qualType',
          label: label('资质类别', 'Kind'),
          required: { when: WATER },
          visible: WATER,
          options: WATER_KINDS,
        },
        {
          kind: 'choice',
          name: 'qualLevel',
          label: label('资质等级', 'Grade'),
          required: 'always',
          dependsOn: 'industry',
          optionsOf: LEVELS,
        },
        {
          kind: 'text',
          max: 60,
          name: 'qualName',
          label: label('资质名称', 'Qualification'),
          source: 'derived',
        },
        { kind: 'text', max: 1000, multiline: true, name: 'scope', label: label('业务范围', 'Scope') },
      ],
    },
    {
      name: 'certificate',
      label: label('证书信息', 'Certificate'),
      fields: [
        {
          kind: 'text',
          max: 40,
          name: 'certNo',
          label: label('资质证书编号', 'Certificate number'),
          required: 'always',
          hint: label('与证书一致，例：D232012345', 'As printed, e.g. D232012345'),
        },
        issuer(),
        issueDate(),
        {
          kind: 'date',
          name: 'validTo',
          label: label('有效期至', 'Valid until'),
          required: 'always',
        },
      ],
    },
    {
      name: 'papers',
      label: ATTACHMENTS,
      fields: [files({ label: label('资质证书电子件', 'Scanned certificate') })],
    },
  ],
  derive: (values) => ({ qualName: qualName(values) }),
  checks: [
    dateOrder({
      first: 'issueDate',
      last: 'validTo',
      strict: true,
      says: label('有效期至应晚于发证日期', 'The last day must be after the day of issue'),
    }),
    notExpired('validTo'),
  ],
  unique: [
    {
      fields: ['certNo', 'qualSpecialty', 'qualLevel'],
      when: HOUSING,
      code: 'LIB_DUPLICATE',
      says: label(
        '同编号、同专业、同等级的资质已存在',
        'There is a qualification of this number, specialty and grade already',
      ),
    },
    {
      fields: ['certNo', 'qualType', 'qualLevel'],
      when: WATER,
      code: 'LIB_DUPLICATE',
      says: label(
        '同编号、同类别、同等级的资质已存在',
        'There is a qualification of this number, kind and grade already',
      ),
    },
  ],
  lifeCycle: draftedRecord({ noun: QUALIFICATION, dialog: QUALIFICATION_DIALOG }),
  title: 'qualName',
  expires: 'validTo',
  list: {
    columns: ['industry', 'qualName', 'certNo', 'issuer', 'issueDate', 'validTo'],
    filters: ['industry', 'qualSeries', 'qualLevel', 'validTo'],
  },
  requirements: [
    'LIB-QUAL-01',
    'LIB-QUAL-02',
    'LIB-QUAL-03',
    'LIB-QUAL-04',
    'LIB-QUAL-05',
    'F-QUAL-H',
    'F-QUAL-W',
    'SM-RECORD-A',
  ],
};
