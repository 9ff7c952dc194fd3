import type { Condition } from '../../engine/field.ts';
import { label, options } from '../shared/labels.ts';
import { files } from '../shared/papers.ts';
import type { Board } from './project-type.ts';

const RESERVOIR: Condition = { field: 'waterCategory', is: 'RESERVOIR' };
const GATE_OR_PUMP: Condition = { field: 'waterCategory', in: ['SLUICE', 'PUMP_STATION'] };
const POWERED: Condition = { field: 'waterCategory', in: ['HYDROPOWER', 'PUMP_STATION'] };

/** 水利项目信息 (F-PROJ-W). Its 工程类别 stands in the place of the common one. */
export const WATER: Board = {
  name: 'water',
  label: label('水利项目信息', 'Water projects'),
  performance: label('水利行业业绩信息', 'Water performances'),
  kind: 'waterCategory',
  extras: {
    name: 'extras',
    label: label('水利工程特征', 'Characteristics'),
    fields: [
      {
        kind: 'choice',
        name: 'waterCategory',
        label: label('工程类别', 'Category of works'),
        required: 'always',
        options: options({
          RESERVOIR: ['水库', 'Reservoir'],
          DYKE: ['堤防', 'Dyke'],
          SLUICE: ['水闸', 'Sluice'],
          PUMP_STATION: ['泵站', 'Pumping station'],
          IRRIGATION: ['灌区', 'Irrigation district'],
          RIVER: ['河道', 'River course'],
          HYDROPOWER: ['水电站', 'Hydropower station'],
          DIVERSION: ['引调水', 'Water diversion'],
          OTHER: ['其他', 'Other'],
        }),
      },
      {
        kind: 'choice',
        name: 'projectRank',
        label: label('工程等别', 'Rank of the project'),
        required: 'always',
        // SL 252-2017 3.0.1
        options: options({
          I: ['Ⅰ', 'I'],
          II: ['Ⅱ', 'II'],
          III: ['Ⅲ', 'III'],
          IV: ['Ⅳ', 'IV'],
          V: ['Ⅴ', 'V'],
        }),
      },
      {
        kind: 'choice',
        name: 'buildingLevel',
        label: label('主要建筑物级别', 'Level of the main structures'),
        required: 'always',
        options: options({
          '1': ['1 级', 'Level 1'],
          '2': ['2 级', 'Level 2'],
          '3': ['3 级', 'Level 3'],
          '4': ['4 级', 'Level 4'],
          '5': ['5 级', 'Level 5'],
        }),
      },
      {
        kind: 'decimal',
        decimals: 4,
        positive: true,
        unit: label('万m³', '10,000 m³'),
        name: 'capacity',
        label: label('总库容', 'Total capacity'),
        required: { when: RESERVOIR },
      },
      {
        kind: 'decimal',
        decimals: 3,
        positive: true,
        unit: label('m³/s', 'm³/s'),
        name: 'flow',
        label: label('设计流量', 'Design flow'),
        required: { when: GATE_OR_PUMP },
      },
      {
        kind: 'decimal',
        decimals: 2,
        positive: true,
        unit: label('kW', 'kW'),
        name: 'installedPower',
        label: label('装机容量', 'Installed power'),
        required: { when: POWERED },
      },
    ],
  },
  completion: [
    {
      kind: 'date',
      notAfterToday: true,
      name: 'completionAcceptDate',
      label: label('合同工程完工验收日期', 'Contract works accepted on'),
      required: { at: ['complete'] },
    },
    files({
      name: 'acceptCert',
      label: label('合同工程完工验收鉴定书', 'Certificate of acceptance of the contract works'),
      required: { at: ['complete'] },
    }),
  ],
  example: { completionAcceptDate: '2024-11-08' },
  requirements: ['F-PROJ-W'],
};
