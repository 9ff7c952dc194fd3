import { IDENTITY_DOCUMENTS, NATIONALITIES } from '../code-lists/persons.ts';
import type { RecordType } from '../engine/record-type.ts';
import { baseInformation } from './shared/base-information.ts';
import { IS_CARD, tradingDomains } from './shared/choices.ts';
import { fromIdCard, GENDERS } from './shared/id-card.ts';
import { ATTACHMENTS, label } from './shared/labels.ts';
import { files } from './shared/papers.ts';

/**
 * 主体信息 of a natural person (LIB-BASE, F-NPBASE, OD-12). Name and number come from the verified identity: the
 * personal certificate or 苏服办.
 */
export const naturalPerson: RecordType = {
  name: 'natural-person',
  label: label('主体信息', 'Personal information'),
  owner: 'natural-person',
  single: true,
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
          source: 'certificate',
          privacy: 'personal',
        },
        {
          kind: 'choice',
          name: 'idType',
          label: label('证件类型', 'Identity document'),
          required: 'always',
          source: 'certificate',
          initial: 'ID_CARD',
          options: IDENTITY_DOCUMENTS.entries,
        },
        {
          kind: 'id-number',
          card: IS_CARD,
          name: 'idNo',
          label: label('证件号码', 'Document number'),
          required: 'always',
          source: 'certificate',
          fixed: true,
          privacy: 'personal',
        },
        {
          kind: 'choice',
          name: 'gender',
          label: label('性别', 'Gender'),
          options: GENDERS,
          source: 'derived',
          derivedWhen: IS_CARD,
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
        tradingDomains,
      ],
    },
    {
      name: 'contact',
      label: label('联系方式', 'Contact'),
      fields: [
        {
          kind: 'mobile',
          name: 'phone',
          label: label('手机', 'Mobile number'),
          required: 'always',
          privacy: 'personal',
        },
        { kind: 'choice', codeList: 'regions', name: 'region', label: label('行政区划', 'Place') },
        {
          kind: 'text',
          max: 200,
          name: 'address',
          label: label('地址', 'Address'),
          privacy: 'personal',
        },
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
      ],
    },
  ],
  derive: fromIdCard,
  lifeCycle: baseInformation,
  title: 'name',
  list: { columns: ['name', 'idType', 'gender', 'region'], filters: [] },
  requirements: ['LIB-BASE-01', 'LIB-BASE-02', 'LIB-BASE-05', 'F-NPBASE', 'OD-12', 'SM-ENTITY'],
};
