import type { Field, Value, Values } from '../engine/field.ts';
import type { Check, RecordType } from '../engine/record-type.ts';
import { ATTACHMENTS, label, options } from './shared/labels.ts';
import { SUBMIT_AT_ONCE, submittedRecord } from './shared/life-cycles.ts';
import { someFiles } from './shared/papers.ts';

const NAME = label('人员构成', 'Staff composition');

const heads = (name: string, zh: string, en: string): Field => ({
  kind: 'integer',
  min: 0,
  max: 9_999_999,
  unit: label('人', 'people'),
  name,
  label: label(zh, en),
  required: 'always',
});

const count = (value: Value | undefined): number => (typeof value === 'number' ? value : 0);
const TITLES = ['senior', 'middle', 'junior'] as const;

/** No part has more people than the whole. */
function part(name: string, zh: string, en: string): Check {
  return {
    code: 'LIB_NOT_GREATER',
    says: label(`${zh}不能多于员工总人数`, `${en} cannot be more than all staff`),
    fields: [name],
    severity: 'error',
    holds: ({ values }) => typeof values['total'] !== 'number' || count(values[name]) <= values['total'],
    breaks: (values) => ({ ...values, [name]: count(values['total']) + 1 }),
  };
}

const titled = (values: Values): number => TITLES.reduce((sum, name) => sum + count(values[name]), 0);

function registrations(values: Values): number {
  const by = values['registered'];
  if (by === null || typeof by !== 'object' || Array.isArray(by)) return 0;
  return Object.values(by as Readonly<Record<string, number>>).reduce((sum, held) => sum + held, 0);
}

/** 人员构成（交通类项目） (LIB-STAFFMIX, F-STAFFMIX, SM-RECORD-B): head counts on a day. */
export const staffComposition: RecordType = {
  name: 'staff-composition',
  label: NAME,
  adding: { button: label('新增', 'Add'), dialog: NAME },
  owner: 'organisation',
  sections: [
    {
      name: 'staff',
      label: label('人员统计', 'Head count'),
      fields: [
        {
          kind: 'date',
          notAfterToday: true,
          name: 'statDate',
          label: label('统计日期', 'Counted on'),
          required: 'always',
        },
        heads('total', '员工总人数', 'All staff'),
        heads('managers', '其中：项目经理人数', 'Of these: project managers'),
        heads('skilled', '技工人数', 'Skilled workers'),
      ],
    },
    {
      name: 'titles',
      label: label('职称构成', 'Professional titles'),
      fields: [
        heads('senior', '高级职称人数', 'Senior title'),
        heads('middle', '中级职称人数', 'Intermediate title'),
        heads('junior', '初级职称人数', 'Junior title'),
      ],
    },
    {
      name: 'registrations',
      label: label('注册执业人员', 'Registered professionals'),
      fields: [
        {
          kind: 'counts',
          name: 'registered',
          label: label('注册执业人员分类人数', 'Registered professionals by kind'),
          hint: label('一人多证的，只计入主要一类', 'Count each person once, by the main registration'),
          options: options({
            BUILDER_1: ['一级建造师', 'Constructor, class 1'],
            BUILDER_2: ['二级建造师', 'Constructor, class 2'],
            SUPERVISOR: ['监理工程师', 'Supervising engineer'],
            COST_1: ['一级造价工程师', 'Cost engineer, class 1'],
            COST_2: ['二级造价工程师', 'Cost engineer, class 2'],
            SAFETY: ['注册安全工程师', 'Safety engineer'],
            STRUCTURAL: ['注册结构工程师', 'Structural engineer'],
            CIVIL: ['注册土木工程师', 'Civil engineer'],
            TESTING: ['公路水运试验检测师', 'Highway and waterway testing engineer'],
            OTHER: ['其他', 'Other'],
          }),
        },
      ],
    },
    {
      name: 'papers',
      label: ATTACHMENTS,
      fields: [
        { kind: 'text', max: 500, multiline: true, name: 'remark', label: label('说明', 'Remark') },
        someFiles({
          name: 'file',
          label: label('证明材料（社保等）', 'Proof (social insurance, …)'),
        }),
      ],
    },
  ],
  checks: [
    part('managers', '项目经理人数', 'Project managers'),
    part('skilled', '技工人数', 'Skilled workers'),
    {
      code: 'LIB_SUM',
      says: label(
        '高级、中级、初级职称人数之和不能多于员工总人数',
        'Senior, intermediate and junior titles together cannot be more than all staff',
      ),
      fields: [...TITLES],
      severity: 'error',
      holds: ({ values }) => typeof values['total'] !== 'number' || titled(values) <= values['total'],
      breaks: (values) => ({ ...values, senior: count(values['total']), middle: 1 }),
    },
    {
      code: 'LIB_SUM',
      says: label(
        '注册执业人员人数之和不能多于员工总人数',
        'Registered professionals together cannot be more than all staff',
      ),
      fields: ['registered'],
      severity: 'error',
      holds: ({ values }) => typeof values['total'] !== 'number' || registrations(values) <= values['total'],
      breaks: (values) => ({ ...values, registered: { BUILDER_1: count(values['total']), SAFETY: 1 } }),
    },
  ],
  lifeCycle: submittedRecord({
    noun: label('人员构成', 'staff composition'),
    dialog: NAME,
    confirm: SUBMIT_AT_ONCE,
  }),
  example: (values) => ({
    ...values,
    total: 200,
    managers: 12,
    skilled: 60,
    senior: 15,
    middle: 40,
    junior: 55,
    registered: { BUILDER_1: 8, SAFETY: 3 },
  }),
  title: 'statDate',
  list: {
    columns: ['statDate', 'total', 'managers', 'senior', 'middle', 'skilled'],
    filters: ['statDate'],
    sort: '-statDate',
  },
  requirements: [
    'LIB-STAFFMIX-01',
    'LIB-STAFFMIX-02',
    'LIB-STAFFMIX-03',
    'LIB-STAFFMIX-04',
    'F-STAFFMIX',
    'SM-RECORD-B',
  ],
};
