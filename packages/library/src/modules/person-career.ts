import type { RecordType } from '../engine/record-type.ts';
import { dateOrder } from './shared/checks.ts';
import { AWARD_LEVELS } from './shared/choices.ts';
import { ATTACHMENTS, label, options, TEN_THOUSAND_YUAN } from './shared/labels.ts';
import { files, issueDate, issuer, someFiles } from './shared/papers.ts';
import { ofPerson, SUB_RECORD_ROWS } from './shared/sub-record.ts';

/** 获奖信息 (F-P-AWARD). */
export const personAward: RecordType = {
  ...ofPerson(label('获奖信息', 'Awards')),
  name: 'person-award',
  sections: [
    {
      name: 'award',
      label: label('获奖信息', 'Award'),
      fields: [
        {
          kind: 'text',
          max: 200,
          name: 'awardName',
          label: label('奖项名称', 'Name of the award'),
          required: 'always',
        },
        {
          kind: 'choice',
          name: 'level',
          label: label('级别', 'Level'),
          required: 'always',
          options: AWARD_LEVELS,
        },
        issuer({ label: label('颁奖单位', 'Awarded by') }),
        issueDate({ name: 'awardDate', label: label('获奖日期', 'Date of the award') }),
        { kind: 'text', max: 60, name: 'docNo', label: label('文号', 'Document number') },
      ],
    },
    {
      name: 'papers',
      label: ATTACHMENTS,
      fields: [files({ label: label('获奖证明', 'Proof of the award') })],
    },
  ],
  title: 'awardName',
  list: {
    columns: ['awardName', 'level', 'issuer', 'awardDate', 'docNo'],
    filters: ['level'],
    sort: '-awardDate',
  },
  requirements: [...SUB_RECORD_ROWS, 'F-P-AWARD'],
};

const STILL = { field: 'current', is: true } as const;

/** 从业经历 (F-P-EMP; printed 从业经营 once, C-12). */
export const personEmployment: RecordType = {
  ...ofPerson(label('从业经历', 'Employment history')),
  name: 'person-employment',
  sections: [
    {
      name: 'employment',
      label: label('从业经历', 'Employment'),
      fields: [
        { kind: 'text', max: 200, name: 'unit', label: label('工作单位', 'Employer'), required: 'always' },
        { kind: 'text', max: 100, name: 'department', label: label('部门', 'Department') },
        { kind: 'text', max: 100, name: 'position', label: label('职务', 'Position'), required: 'always' },
        {
          kind: 'date',
          notAfterToday: true,
          name: 'from',
          label: label('开始时间', 'From'),
          required: 'always',
        },
        { kind: 'boolean', name: 'current', label: label('至今', 'Until now'), initial: false },
        {
          kind: 'date',
          notAfterToday: true,
          name: 'to',
          label: label('结束时间', 'Until'),
          required: { when: { not: STILL } },
          visible: { not: STILL },
        },
        { kind: 'text', max: 1000, multiline: true, name: 'duty', label: label('工作内容', 'Duties') },
        {
          kind: 'text',
          max: 50,
          name: 'witness',
          label: label('证明人', 'Witness'),
          privacy: 'personal',
        },
      ],
    },
    {
      name: 'papers',
      label: ATTACHMENTS,
      fields: [someFiles({ name: 'file', label: label('证明材料', 'Proof') })],
    },
  ],
  checks: [
    dateOrder({
      first: 'from',
      last: 'to',
      says: label('结束时间不能早于开始时间', 'It cannot end before it begins'),
      shown: { current: false },
    }),
  ],
  title: 'unit',
  list: { columns: ['unit', 'department', 'position', 'from', 'to'], filters: ['from'], sort: '-from' },
  requirements: [...SUB_RECORD_ROWS, 'F-P-EMP'],
};

/** 个人业绩 (F-P-PERF); may point to a performance of the enterprise. */
export const personPerformance: RecordType = {
  ...ofPerson(label('个人业绩', 'Personal performances')),
  name: 'person-performance',
  sections: [
    {
      name: 'performance',
      label: label('个人业绩', 'Performance'),
      fields: [
        {
          kind: 'text',
          max: 300,
          name: 'projectName',
          label: label('项目名称', 'Project'),
          required: 'always',
        },
        {
          kind: 'reference',
          to: ['performance-general', 'performance-transport', 'performance-water'],
          name: 'projectId',
          label: label('关联业绩', 'Performance of the enterprise'),
        },
        {
          kind: 'choice',
          name: 'role',
          label: label('担任职务', 'Role'),
          required: 'always',
          options: options({
            PROJECT_LEADER: ['项目负责人', 'Project leader'],
            TECH_LEADER: ['技术负责人', 'Technical leader'],
            CHIEF_SUPERVISOR: ['总监理工程师', 'Chief supervising engineer'],
            SUPERVISOR: ['专业监理工程师', 'Supervising engineer'],
            DESIGN_LEADER: ['设计负责人', 'Design leader'],
            SURVEY_LEADER: ['勘察负责人', 'Survey leader'],
            SAFETY_OFFICER: ['安全员', 'Safety officer'],
            QUALITY_OFFICER: ['质量员', 'Quality officer'],
            OTHER: ['其他', 'Other'],
          }),
        },
        {
          kind: 'date',
          notAfterToday: true,
          name: 'from',
          label: label('参与开始时间', 'From'),
          required: 'always',
        },
        { kind: 'date', name: 'to', label: label('参与结束时间', 'Until') },
        { kind: 'text', max: 200, name: 'owner', label: label('建设单位', 'Client'), required: 'always' },
        { kind: 'text', max: 1000, multiline: true, name: 'scale', label: label('规模', 'Size') },
        {
          kind: 'decimal',
          decimals: 6,
          positive: true,
          unit: TEN_THOUSAND_YUAN,
          name: 'amount',
          label: label('金额', 'Amount'),
        },
      ],
    },
    { name: 'papers', label: ATTACHMENTS, fields: [files({ label: label('业绩证明', 'Proof') })] },
  ],
  checks: [
    dateOrder({
      first: 'from',
      last: 'to',
      says: label('参与结束时间不能早于开始时间', 'It cannot end before it begins'),
    }),
  ],
  title: 'projectName',
  list: {
    columns: ['projectName', 'role', 'owner', 'amount', 'from', 'to'],
    filters: ['role', 'from'],
    sort: '-from',
  },
  requirements: [...SUB_RECORD_ROWS, 'F-P-PERF'],
};
