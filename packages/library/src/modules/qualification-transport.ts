import type { Values } from '../engine/field.ts';
import type { RecordType } from '../engine/record-type.ts';
import { ADD_QUALIFICATION, QUALIFICATION, QUALIFICATION_DIALOG } from './qualification-housing.ts';
import { dateOrder, notExpired } from './shared/checks.ts';
import { ATTACHMENTS, label, options } from './shared/labels.ts';
import { draftedRecord } from './shared/life-cycles.ts';
import { files, issueDate, issuer } from './shared/papers.ts';

const KINDS = options({
  HIGHWAY_SUPERVISION: ['公路工程监理', 'Supervision of highway works'],
  WATERWAY_SUPERVISION: ['水运工程监理', 'Supervision of waterway works'],
  TESTING: ['公路水运试验检测', 'Testing of highway and waterway works'],
  MAINTENANCE: ['公路养护作业', 'Highway maintenance'],
  GENERAL: ['公路工程施工总承包', 'Highway works, general contracting'],
  SPECIALISED: ['公路工程施工专业承包', 'Highway works, specialised contracting'],
  OTHER: ['其他', 'Other'],
});

const A_B = options({ A: ['甲级', 'Grade A'], B: ['乙级', 'Grade B'], C: ['丙级', 'Grade C'] });
const CLASSES = options({
  SPECIAL: ['特级', 'Special grade'],
  FIRST: ['一级', 'Grade 1'],
  SECOND: ['二级', 'Grade 2'],
  THIRD: ['三级', 'Grade 3'],
});

/**
 * 《公路水运工程监理企业资质管理规定》, 《公路水运工程质量检测管理办法》 and 《公路养护作业单位资质管理办法》
 * (交通运输部令) name the kinds and their grades.
 */
const LEVELS = {
  HIGHWAY_SUPERVISION: A_B,
  WATERWAY_SUPERVISION: A_B,
  TESTING: options({
    A: ['甲级', 'Grade A'],
    B: ['乙级', 'Grade B'],
    C: ['丙级', 'Grade C'],
    SPECIAL: ['专项', 'Special'],
  }),
  MAINTENANCE: options({
    A: ['甲级', 'Grade A'],
    B: ['乙级', 'Grade B'],
    UNGRADED: ['不分等级', 'Not graded'],
  }),
  GENERAL: CLASSES,
  SPECIALISED: CLASSES,
  OTHER: options({
    A: ['甲级', 'Grade A'],
    B: ['乙级', 'Grade B'],
    C: ['丙级', 'Grade C'],
    UNGRADED: ['不分等级', 'Not graded'],
  }),
};

const BRIDGE_TUNNEL = options({
  BRIDGE_TUNNEL: ['桥梁隧道', 'Bridges and tunnels'],
  TRAFFIC_MEP: ['交通机电', 'Traffic mechanical and electrical systems'],
});
const SPECIALS = {
  HIGHWAY_SUPERVISION: [
    ...options({ HIGHWAY: ['公路工程', 'Highways'] }),
    ...options({
      LARGE_BRIDGE: ['特殊独立大桥专项', 'Special large bridges'],
      LARGE_TUNNEL: ['特殊独立隧道专项', 'Special long tunnels'],
      TRAFFIC_MEP: ['公路机电工程专项', 'Highway mechanical and electrical systems'],
    }),
  ],
  WATERWAY_SUPERVISION: options({
    WATERWAY: ['水运工程', 'Waterways'],
    WATERWAY_MEP: ['水运机电工程专项', 'Waterway mechanical and electrical systems'],
  }),
  TESTING: [
    ...options({
      HIGHWAY: ['公路工程综合', 'Highways, comprehensive'],
      MATERIALS: ['水运工程材料', 'Waterway materials'],
      STRUCTURES: ['水运工程结构', 'Waterway structures'],
    }),
    ...BRIDGE_TUNNEL,
  ],
  MAINTENANCE: options({
    PAVEMENT: ['路基路面养护', 'Subgrade and pavement'],
    BRIDGE: ['桥梁养护', 'Bridges'],
    TUNNEL: ['隧道养护', 'Tunnels'],
    SAFETY: ['交通安全设施养护', 'Traffic safety facilities'],
  }),
  GENERAL: options({ HIGHWAY: ['公路工程', 'Highways'] }),
  SPECIALISED: [
    ...options({
      PAVEMENT: ['公路路面工程', 'Highway pavements'],
      SUBGRADE: ['公路路基工程', 'Highway subgrades'],
      TRAFFIC: ['公路交通工程', 'Highway traffic facilities'],
    }),
    ...BRIDGE_TUNNEL,
  ],
  OTHER: BRIDGE_TUNNEL,
};

function qualName({ qualType, qualLevel, qualSpecial }: Values): string {
  const kind = KINDS.find(({ code }) => code === qualType);
  if (kind === undefined) return '';
  const of = (lists: Readonly<Record<string, typeof KINDS>>, code: unknown) =>
    lists[kind.code]?.find((option) => option.code === code)?.label.zh ?? '';
  const special = of(SPECIALS, qualSpecial);
  return `${kind.label.zh}${special === '' ? '' : `（${special}）`}${of(LEVELS, qualLevel)}`;
}

/** 交通行业企业资质 (LIB-QUAL-01, F-QUAL-T, SM-RECORD-A). */
export const qualificationTransport: RecordType = {
  name: 'qualification-transport',
  label: label('交通行业企业资质', 'Qualifications (transport)'),
  adding: { button: ADD_QUALIFICATION, dialog: QUALIFICATION_DIALOG },
  owner: 'organisation',
  sections: [
    {
      name: 'qualification',
      label: label('资质信息', 'Qualification'),
      fields: [
        {
          kind: 'choice',
          name: 'qualType',
          label: label('资质类别', 'Kind'),
          required: 'always',
          options: KINDS,
        },
        {
          kind: 'choice',
          name: 'qualSpecial',
          label: label('专项', 'Speciality'),
          dependsOn: 'qualType',
          optionsOf: SPECIALS,
        },
        {
          kind: 'choice',
          name: 'qualLevel',
          label: label('资质等级', 'Grade'),
          required: 'always',
          dependsOn: 'qualType',
          optionsOf: LEVELS,
        },
        {
          kind: 'text',
          max: 60,
          name: 'qualName',
          label: label('资质名称', 'Qualification'),
          source: 'derived',
        },
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
          label: label('证书编号', 'Certificate number'),
          required: 'always',
        },
        issuer(),
        issueDate(),
        { kind: 'date', name: 'validTo', label: label('有效期至', 'Valid until'), required: 'always' },
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
      fields: ['certNo', 'qualType', 'qualLevel'],
      when: { field: 'qualSpecial', filled: false },
      code: 'LIB_DUPLICATE',
      says: label(
        '同编号、同类别、同等级的资质已存在',
        'There is a qualification of this number, kind and grade already',
      ),
    },
    {
      fields: ['certNo', 'qualType', 'qualSpecial', 'qualLevel'],
      when: { field: 'qualSpecial', filled: true },
      code: 'LIB_DUPLICATE',
      says: label(
        '同编号、同专项、同等级的资质已存在',
        'There is a qualification of this number, speciality and grade already',
      ),
    },
  ],
  lifeCycle: draftedRecord({ noun: QUALIFICATION, dialog: QUALIFICATION_DIALOG }),
  title: 'qualName',
  expires: 'validTo',
  list: {
    columns: ['qualType', 'qualName', 'certNo', 'issuer', 'issueDate', 'validTo'],
    filters: ['qualType', 'qualLevel', 'validTo'],
  },
  requirements: [
    'LIB-QUAL-01',
    'LIB-QUAL-02',
    'LIB-QUAL-03',
    'LIB-QUAL-04',
    'LIB-QUAL-05',
    'F-QUAL-T',
    'SM-RECORD-A',
  ],
};
