import {
  EDUCATION_LEVELS,
  IDENTITY_DOCUMENTS,
  NATIONALITIES,
  PROFESSIONAL_TITLES,
} from '../code-lists/persons.ts';
import { NONE, type RecordType, SAME, type State } from '../engine/record-type.ts';
import { dateOrder, sameAsEntity } from './shared/checks.ts';
import { IS_CARD, PERSON_ROLES } from './shared/choices.ts';
import { fromIdCard, GENDERS } from './shared/id-card.ts';
import { ATTACHMENTS, label } from './shared/labels.ts';
import { SUBMIT, VOIDED, voiding } from './shared/life-cycles.ts';
import { files, someFiles } from './shared/papers.ts';

const DIALOG = label('基本信息', 'Basic information');
const NOUN = label('人员信息', 'person');

const EMPLOYED: State = { name: 'employed', label: label('在职', 'Employed'), tone: 'good', usable: true };
const DEPARTED: State = { name: 'departed', label: label('离职', 'Departed'), tone: 'ended' };

/**
 * 人员信息 (LIB-PERSON, F-PERSON, SM-PERSON). No draft and no deletion (C-13).
 */
export const person: RecordType = {
  name: 'person',
  label: label('人员信息', 'Persons'),
  adding: { button: label('新增', 'Add'), dialog: DIALOG },
  owner: 'organisation',
  sections: [
    {
      name: 'identity',
      label: label('身份信息', 'Identity'),
      fields: [
        {
          kind: 'text',
          max: 50,
          name: 'name',
          label: label('姓名', 'Name'),
          required: 'always',
          privacy: 'personal',
        },
        {
          kind: 'choice',
          name: 'idType',
          label: label('证件类型', 'Identity document'),
          required: 'always',
          initial: 'ID_CARD',
          options: IDENTITY_DOCUMENTS.entries,
        },
        {
          kind: 'id-number',
          card: IS_CARD,
          name: 'idNo',
          label: label('证件号码', 'Document number'),
          required: 'always',
          privacy: 'personal',
        },
        {
          kind: 'choice',
          name: 'gender',
          label: label('性别', 'Gender'),
          options: GENDERS,
          source: 'derived',
          derivedWhen: IS_CARD,
          hint: label('身份证持有人由证件号码得出', 'Taken from the number of an identity card'),
        },
        {
          kind: 'date',
          notAfterToday: true,
          name: 'birthDate',
          label: label('出生日期', 'Date of birth'),
          source: 'derived',
          derivedWhen: IS_CARD,
          privacy: 'personal',
        },
        {
          kind: 'choice',
          name: 'nation',
          label: label('民族', 'Nationality'),
          options: NATIONALITIES.entries,
        },
        {
          kind: 'mobile',
          name: 'phone',
          label: label('手机号', 'Mobile number'),
          required: 'always',
          privacy: 'personal',
        },
      ],
    },
    {
      name: 'employment',
      label: label('任职信息', 'Employment'),
      fields: [
        {
          kind: 'choice',
          name: 'category',
          label: label('人员类别', 'Role'),
          required: 'always',
          options: PERSON_ROLES,
        },
        {
          kind: 'date',
          notAfterToday: true,
          name: 'joinDate',
          label: label('入职日期', 'Joined on'),
          required: 'always',
        },
        { kind: 'date', name: 'contractFrom', label: label('劳动合同起', 'Contract from') },
        { kind: 'date', name: 'contractTo', label: label('劳动合同止', 'Contract until') },
        {
          kind: 'text',
          max: 200,
          name: 'socialSecurityUnit',
          label: label('社保缴纳单位', 'Social insurance paid by'),
        },
      ],
    },
    {
      name: 'skills',
      label: label('学历职称', 'Education and title'),
      fields: [
        {
          kind: 'choice',
          name: 'topEducation',
          label: label('最高学历', 'Highest education'),
          options: EDUCATION_LEVELS.entries,
        },
        {
          kind: 'choice',
          name: 'title',
          label: label('职称', 'Professional title'),
          options: PROFESSIONAL_TITLES.entries,
        },
        { kind: 'text', max: 60, name: 'titleSpecialty', label: label('职称专业', 'Field of the title') },
      ],
    },
    {
      name: 'papers',
      label: ATTACHMENTS,
      fields: [
        files({
          name: 'idFile',
          label: label('身份证件', 'Identity document'),
          hint: label('正反两面', 'Front and back'),
        }),
        someFiles({ name: 'socialFile', label: label('社保证明', 'Proof of social insurance') }),
        someFiles({ name: 'contractFile', label: label('劳动合同', 'Employment contract') }),
        {
          kind: 'files',
          max: 1,
          mediaTypes: ['image/jpeg', 'image/png'],
          name: 'photo',
          label: label('照片', 'Photograph'),
        },
      ],
    },
  ],
  system: [{ kind: 'date', name: 'leaveDate', label: label('离职日期', 'Left on') }],
  derive: fromIdCard,
  checks: [
    {
      code: 'LIB_UNDER_AGE',
      says: label('该人员未满 16 周岁，请核对证件号码', 'This person is under 16: is the number right?'),
      fields: ['idNo'],
      severity: 'warning',
      // 劳动法 第十五条
      holds: ({ values, today }) => {
        const born = values['birthDate'];
        return typeof born !== 'string' || `${Number(born.slice(0, 4)) + 16}${born.slice(4)}` <= today;
      },
    },
    dateOrder({
      first: 'birthDate',
      last: 'joinDate',
      strict: true,
      says: label('入职日期应晚于出生日期', 'Nobody joins before birth'),
      shown: { idType: 'PASSPORT', idNo: 'E12345678' },
    }),
    dateOrder({
      first: 'contractFrom',
      last: 'contractTo',
      says: label('劳动合同止不能早于劳动合同起', 'The contract cannot end before it begins'),
    }),
    sameAsEntity(
      'socialSecurityUnit',
      label('社保缴纳单位与主体名称不一致，请核对', 'Social insurance is not paid by this entity'),
    ),
  ],
  unique: [
    {
      fields: ['idNo'],
      code: 'LIB_DUPLICATE',
      says: label('该证件号码的人员已存在', 'A person with this document number is there already'),
    },
  ],
  lifeCycle: {
    states: [EMPLOYED, DEPARTED, VOIDED],
    events: [
      {
        name: 'submit',
        button: SUBMIT,
        dialog: DIALOG,
        confirm: SUBMIT,
        from: [NONE],
        to: EMPLOYED.name,
        by: ['primary'],
        takes: { values: true, complete: true },
      },
      {
        name: 'change',
        button: label('修改信息', 'Edit'),
        dialog: DIALOG,
        confirm: SUBMIT,
        from: [EMPLOYED.name, DEPARTED.name],
        to: SAME,
        by: ['primary'],
        takes: { values: true, complete: true },
      },
      {
        name: 'depart',
        button: label('离职', 'Mark as departed'),
        dialog: label('人员离职', 'Departure'),
        confirm: label('确定', 'Confirm'),
        from: [EMPLOYED.name],
        to: DEPARTED.name,
        by: ['primary'],
        asks: ['leads-ongoing-project'],
        takes: {
          fields: [
            {
              kind: 'date',
              notAfterToday: true,
              name: 'leaveDate',
              label: label('离职日期', 'Left on'),
              required: 'always',
            },
          ],
        },
        guards: [
          {
            otherwise: 'LIB_PERSON_LEADS',
            holds: ({ answers }) => answers['leads-ongoing-project'] === false,
          },
          {
            otherwise: 'LIB_LEAVE_DATE',
            holds: ({ values, taken }) => String(taken['leaveDate']) >= String(values['joinDate'] ?? ''),
          },
        ],
        sets: ({ taken }) => ({ leaveDate: taken['leaveDate'] }),
      },
      {
        name: 'return',
        button: label('在职', 'Mark as employed'),
        dialog: label('恢复在职', 'Return'),
        confirm: label('确定', 'Confirm'),
        from: [DEPARTED.name],
        to: EMPLOYED.name,
        by: ['primary'],
        takes: {
          fields: [
            {
              kind: 'date',
              notAfterToday: true,
              name: 'joinDate',
              label: label('重新入职日期', 'Joined again on'),
              required: 'always',
            },
          ],
        },
        guards: [
          {
            otherwise: 'LIB_RETURN_DATE',
            holds: ({ system, taken }) => String(taken['joinDate']) >= String(system['leaveDate'] ?? ''),
          },
        ],
        sets: () => ({ leaveDate: null }),
        moves: (_, { joinDate }) => ({ joinDate }),
      },
      {
        ...voiding(NOUN, [EMPLOYED.name, DEPARTED.name]),
        asks: ['on-ongoing-project'],
        guards: [
          {
            otherwise: 'LIB_PERSON_ON_PROJECT',
            holds: ({ answers }) => answers['on-ongoing-project'] === false,
          },
        ],
      },
    ],
  },
  title: 'name',
  list: {
    columns: ['name', 'idNo', 'category', 'title', 'phone', 'joinDate'],
    filters: ['category', 'title', 'topEducation'],
  },
  requirements: [
    'LIB-PERSON-01',
    'LIB-PERSON-02',
    'LIB-PERSON-04',
    'LIB-PERSON-05',
    'LIB-PERSON-06',
    'LIB-PERSON-10',
    'F-PERSON',
    'SM-PERSON',
    'OD-23',
  ],
};
