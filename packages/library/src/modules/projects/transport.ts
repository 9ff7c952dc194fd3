import type { Condition } from '../../engine/field.ts';
import { dateOrder } from '../shared/checks.ts';
import { label, options } from '../shared/labels.ts';
import type { Board } from './project-type.ts';

const HIGHWAY: Condition = { field: 'roadType', is: 'HIGHWAY' };

/** 交通项目信息 (F-PROJ-T). */
export const TRANSPORT: Board = {
  name: 'transport',
  label: label('交通项目信息', 'Transport projects'),
  performance: label('交通业绩信息', 'Transport performances'),
  kind: 'roadType',
  category: options({
    NEW: ['新建工程', 'New construction'],
    REBUILD: ['改（扩）建工程', 'Reconstruction or extension'],
    MAINTENANCE: ['养护工程', 'Maintenance'],
    REPAIR: ['修复工程', 'Repair'],
    OTHER: ['其他', 'Other'],
  }),
  extras: {
    name: 'extras',
    label: label('交通工程特征', 'Characteristics'),
    fields: [
      {
        kind: 'choice',
        name: 'roadType',
        label: label('行业类别', 'Branch'),
        required: 'always',
        options: options({
          HIGHWAY: ['公路', 'Highways'],
          WATERWAY: ['水运', 'Water transport'],
          RAIL_TRANSIT: ['轨道交通', 'Rail transit'],
          PORT: ['港口航道', 'Ports and channels'],
          OTHER: ['其他', 'Other'],
        }),
      },
      {
        kind: 'choice',
        name: 'techGrade',
        label: label('公路技术等级', 'Highway class'),
        required: { when: HIGHWAY },
        visible: HIGHWAY,
        // JTG B01-2014 3.1.1
        options: options({
          EXPRESSWAY: ['高速公路', 'Expressway'],
          CLASS_1: ['一级公路', 'Class 1'],
          CLASS_2: ['二级公路', 'Class 2'],
          CLASS_3: ['三级公路', 'Class 3'],
          CLASS_4: ['四级公路', 'Class 4'],
        }),
      },
      {
        kind: 'text',
        max: 60,
        name: 'sectionStake',
        label: label('起止桩号', 'Chainage'),
        hint: label('例：K12+300–K18+750', 'E.g. K12+300–K18+750'),
      },
      {
        kind: 'decimal',
        decimals: 3,
        positive: true,
        unit: label('km', 'km'),
        name: 'mileage',
        label: label('里程', 'Length'),
        required: { when: HIGHWAY },
      },
      { kind: 'text', max: 60, name: 'contractSection', label: label('合同段', 'Contract section') },
      {
        kind: 'choices',
        min: 1,
        name: 'mainWorks',
        label: label('主要工程内容', 'Main works'),
        required: 'always',
        options: options({
          SUBGRADE: ['路基', 'Subgrade'],
          PAVEMENT: ['路面', 'Pavement'],
          BRIDGE: ['桥梁', 'Bridges'],
          TUNNEL: ['隧道', 'Tunnels'],
          SAFETY: ['交安', 'Traffic safety facilities'],
          MEP: ['机电', 'Mechanical and electrical systems'],
          PORT: ['码头', 'Wharves'],
          CHANNEL: ['航道', 'Channels'],
          LOCK: ['船闸', 'Ship locks'],
          TRACK: ['轨道', 'Track'],
          OTHER: ['其他', 'Other'],
        }),
      },
      {
        kind: 'text',
        max: 1000,
        multiline: true,
        name: 'bridgeTunnel',
        label: label('特大桥/长隧道等说明', 'Large bridges and long tunnels'),
      },
    ],
  },
  completion: [
    {
      kind: 'date',
      notAfterToday: true,
      name: 'handoverDate',
      label: label('交工验收日期', 'Handed over on'),
      required: { at: ['complete'] },
    },
    {
      kind: 'decimal',
      decimals: 2,
      min: '0',
      max: '100',
      name: 'handoverScore',
      label: label('交工质量评分', 'Quality score at handover'),
    },
    {
      kind: 'choice',
      name: 'performanceRating',
      label: label('履约信用评价', 'Rating of performance'),
      options: options({
        AA: ['AA', 'AA'],
        A: ['A', 'A'],
        B: ['B', 'B'],
        C: ['C', 'C'],
        D: ['D', 'D'],
      }),
    },
  ],
  checks: [
    dateOrder({
      first: 'handoverDate',
      last: 'acceptDate',
      at: ['complete'],
      says: label('竣工验收日期不能早于交工验收日期', 'Acceptance cannot be before the handover'),
    }),
  ],
  example: { handoverDate: '2024-10-28' },
  requirements: ['F-PROJ-T'],
};
