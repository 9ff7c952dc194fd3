import { DEGREES, EDUCATION_LEVELS } from '../code-lists/persons.ts';
import type { RecordType } from '../engine/record-type.ts';
import { dateOrder, notExpired, sameAsEntity } from './shared/checks.ts';
import { ATTACHMENTS, label, options } from './shared/labels.ts';
import { files, issueDate, issuer, longTerm, validTo } from './shared/papers.ts';
import { ofPerson, SUB_RECORD_ROWS } from './shared/sub-record.ts';

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
    { name: 'papers', label: ATTACHMENTS, fields: [files({ label: label('学历证书', 'Certificate') })] },
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
  requirements: [...SUB_RECORD_ROWS, 'F-P-EDU'],
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
    { name: 'papers', label: ATTACHMENTS, fields: [files()] },
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
  requirements: [...SUB_RECORD_ROWS, 'LIB-PERSON-11', 'F-P-CERT'],
};
