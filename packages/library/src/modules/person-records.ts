import { DEGREES, EDUCATION_LEVELS } from '../code-lists/persons.ts';
import type { RecordType } from '../engine/record-type.ts';
import { dateOrder, notExpired, sameAsEntity } from './shared/checks.ts';
import { AWARD_LEVELS } from './shared/choices.ts';
import { label, options, TEN_THOUSAND_YUAN } from './shared/labels.ts';
import { files, issueDate, issuer, longTerm, someFiles, validTo } from './shared/papers.ts';
import { ofPerson } from './shared/sub-record.ts';

/** The five records of a person (LIB-PERSON-03). */

const PAPERS = label('附件信息', 'Attachments');
const ROWS = ['LIB-PERSON-03', 'LIB-PERSON-07', 'LIB-PERSON-08', 'LIB-PERSON-09', 'SM-PERSON'] as const;

/** 学历信息 (F-P-EDU). */
export const personEducation: RecordType = {
  ...ofPerson(label('学历信息', 'Education')),
  name: 'person-education',
  sections: [
    {
      name: 'education',
      label: label('学历信息', 'Education'),
      fields: [
        {
          kind: 'choice',
          name: 'degreeLevel',
          label: label('学历', 'Level'),
          required: 'always',
          options: EDUCATION_LEVELS.entries,
        },
        { kind: 'choice', name: 'degree', label: label('学位', 'Degree'), options: DEGREES.entries },
        { kind: 'text', max: 100, name: 'school', label: label('毕业院校', 'School'), required: 'always' },
        { kind: 'text', max: 100, name: 'major', label: label('专业', 'Major'), required: 'always' },
        {
          kind: 'date',
          notAfterToday: true,
          name: 'from',
          label: label('入学日期', 'Entered on'),
        },
        {
          kind: 'date',
          notAfterToday: true,
          name: 'to',
          label: label('毕业日期', 'Graduated on'),
          required: 'always',
        },
        {
          kind: 'text',
          max: 40,
          name: 'certNo',
          label: label('证书编号', 'Certificate number'),
          hint: label('与学历证书一致，通常为 17 或 18 位', 'As printed, usually 17 or 18 characters'),
        },
      ],
    },
    { name: 'papers', label: PAPERS, fields: [files({ label: label('学历证书', 'Certificate') })] },
  ],
  checks: [
    dateOrder({
      first: 'from',
      last: 'to',
      strict: true,
      says: label('毕业日期应晚于入学日期', 'Graduation must be after entry'),
    }),
  ],
  title: 'school',
  list: {
    columns: ['degreeLevel', 'degree', 'school', 'major', 'to'],
    filters: ['degreeLevel'],
    sort: '-to',
  },
  requirements: [...ROWS, 'F-P-EDU'],
};

/** 资格证书 (F-P-CERT, LIB-PERSON-11): also 执业资格, 注册证书 and 安全生产考核合格证书. */
export const personCertificate: RecordType = {
  ...ofPerson(label('资格证书', 'Professional certificates')),
  name: 'person-certificate',
  sections: [
    {
      name: 'certificate',
      label: label('资格证书', 'Certificate'),
      fields: [
        {
          kind: 'choice',
          name: 'certKind',
          label: label('证书类别', 'Kind'),
          required: 'always',
          options: options({
            QUALIFICATION: ['执业资格', 'Professional qualification'],
            REGISTRATION: ['注册证书', 'Registration certificate'],
            SAFETY_A: ['安全生产考核合格证书（A证）', 'Work safety certificate (A)'],
            SAFETY_B: ['安全生产考核合格证书（B证）', 'Work safety certificate (B)'],
            SAFETY_C: ['安全生产考核合格证书（C证）', 'Work safety certificate (C)'],
            TITLE: ['职称证书', 'Title certificate'],
            POST: ['岗位证书', 'Post certificate'],
            SPECIAL_OPERATION: ['特种作业操作证', 'Special operation certificate'],
          }),
        },
        {
          kind: 'text',
          max: 100,
          name: 'certName',
          label: label('证书名称', 'Name of the certificate'),
          required: 'always',
          hint: label('例：一级建造师注册证书', 'E.g. registration of a constructor, class 1'),
        },
        {
          kind: 'text',
          max: 100,
          name: 'specialty',
          label: label('注册专业', 'Specialty'),
          required: 'always',
          hint: label('例：建筑工程；没有专业的填“无”', 'E.g. building works; 无 where there is none'),
        },
        {
          kind: 'choice',
          name: 'level',
          label: label('等级', 'Class'),
          options: options({
            '1': ['一级', 'Class 1'],
            '2': ['二级', 'Class 2'],
            '3': ['三级', 'Class 3'],
            SENIOR: ['高级', 'Senior'],
            MIDDLE: ['中级', 'Intermediate'],
            JUNIOR: ['初级', 'Junior'],
            NONE: ['不分级', 'Not graded'],
          }),
        },
        {
          kind: 'text',
          max: 60,
          name: 'certNo',
          label: label('证书编号', 'Certificate number'),
          required: 'always',
        },
        { kind: 'text', max: 60, name: 'registrationNo', label: label('注册编号', 'Registration number') },
        { kind: 'text', max: 60, name: 'sealNo', label: label('执业印章号', 'Number of the practice seal') },
        {
          kind: 'text',
          max: 200,
          name: 'registeredUnit',
          label: label('注册单位', 'Registered with'),
          required: { when: { field: 'certKind', is: 'REGISTRATION' } },
        },
      ],
    },
    {
      name: 'validity',
      label: label('有效期', 'Validity'),
      fields: [issuer(), issueDate(), longTerm, validTo()],
    },
    { name: 'papers', label: PAPERS, fields: [files()] },
  ],
  checks: [
    dateOrder({
      first: 'issueDate',
      last: 'validTo',
      strict: true,
      says: label('有效期至应晚于发证日期', 'The last day must be after the day of issue'),
      shown: { longTerm: false },
    }),
    notExpired('validTo'),
    sameAsEntity(
      'registeredUnit',
      label('注册单位与主体名称不一致，请核对', 'The registration is not with this entity'),
    ),
  ],
  unique: [
    {
      fields: ['certKind', 'certNo'],
      code: 'LIB_DUPLICATE',
      says: label('同类别、同编号的证书已存在', 'There is a certificate of this kind and number already'),
    },
  ],
  title: 'certName',
  expires: 'validTo',
  list: {
    columns: ['certKind', 'certName', 'specialty', 'certNo', 'registrationNo', 'validTo'],
    filters: ['certKind', 'level', 'validTo'],
  },
  requirements: [...ROWS, 'LIB-PERSON-11', 'F-P-CERT'],
};

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
    { name: 'papers', label: PAPERS, fields: [files({ label: label('获奖证明', 'Proof of the award') })] },
  ],
  title: 'awardName',
  list: {
    columns: ['awardName', 'level', 'issuer', 'awardDate', 'docNo'],
    filters: ['level'],
    sort: '-awardDate',
  },
  requirements: [...ROWS, 'F-P-AWARD'],
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
      label: PAPERS,
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
  requirements: [...ROWS, 'F-P-EMP'],
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
    { name: 'papers', label: PAPERS, fields: [files({ label: label('业绩证明', 'Proof') })] },
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
  requirements: [...ROWS, 'F-P-PERF'],
};
