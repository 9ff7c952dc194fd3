import { PROFESSIONAL_TITLES } from '../../code-lists/persons.ts';
import type { Field } from '../../engine/field.ts';
import { type LifeCycle, NONE, type RecordType, type Section } from '../../engine/record-type.ts';
import { ATTACHMENTS, label } from '../shared/labels.ts';
import { NORMAL, VOIDED, voiding } from '../shared/life-cycles.ts';
import { type Board, sectionsOfBoard } from './project-type.ts';

const DETAIL = label('企业业绩', 'performance');

/** SM-PERF: made by the system, counted by platforms, voided by the entity; nobody edits or deletes it. */
const LIFE_CYCLE: LifeCycle = {
  states: [NORMAL, VOIDED],
  events: [
    {
      name: 'arise',
      from: [NONE],
      to: NORMAL.name,
      by: ['system'],
      takes: { values: true, complete: false },
    },
    {
      // Each returned use adds one, whatever it says (LIB-PERF-08, OD-22); repeats are told apart by the caller.
      name: 'count-use',
      from: [NORMAL.name],
      to: NORMAL.name,
      by: ['platform'],
      sets: ({ system }) => ({ useCount: Number(system['useCount'] ?? 0) + 1 }),
    },
    voiding(DETAIL, [NORMAL.name]),
  ],
};

/** A field of the project as the snapshot keeps it: whatever the project was when it was completed. */
function kept(field: Field): Field {
  const { required: _, fixed: __, at: ___, hint: ____, ...snapshot } = field;
  return snapshot as Field;
}

const ofProject = ({ name, label: title, fields }: Section): Section => ({
  name,
  label: title,
  fields: fields.map(kept),
});

/** As they were at completion: the persons' own records may change afterwards. */
const LEADERS: readonly Field[] = [
  {
    kind: 'text',
    max: 50,
    name: 'leaderName',
    label: label('项目负责人姓名', 'Project leader’s name'),
    privacy: 'personal',
  },
  {
    kind: 'id-number',
    // Of whatever document the person's record has.
    card: { any: [] },
    name: 'leaderIdNo',
    label: label('项目负责人证件号码', 'Project leader’s document number'),
    privacy: 'personal',
  },
  {
    kind: 'choice',
    name: 'leaderTitle',
    label: label('项目负责人职称', 'Project leader’s title'),
    options: PROFESSIONAL_TITLES.entries,
  },
  {
    kind: 'text',
    max: 50,
    name: 'techLeaderName',
    label: label('技术负责人姓名', 'Technical leader’s name'),
    privacy: 'personal',
  },
  {
    kind: 'choice',
    name: 'techLeaderTitle',
    label: label('技术负责人职称', 'Technical leader’s title'),
    options: PROFESSIONAL_TITLES.entries,
  },
];

function sections(board: Board): readonly Section[] {
  const all = sectionsOfBoard(board).map(ofProject);
  const of = (...names: readonly string[]) =>
    all.filter(({ name }) => names.includes(name)).flatMap(({ fields }) => fields);
  // The four parts of the manual's dialog (LIB-PERF-03).
  return [
    {
      name: 'project',
      label: label('项目信息', 'Project'),
      fields: of('project', 'extras', 'bid', 'schedule', 'completion').filter(({ kind }) => kind !== 'files'),
    },
    { name: 'people', label: label('人员信息', 'People'), fields: [...of('people'), ...LEADERS] },
    { name: 'contract', label: label('合同信息', 'Contract'), fields: of('contract') },
    {
      name: 'papers',
      label: ATTACHMENTS,
      fields: all.flatMap(({ fields }) => fields).filter(({ kind }) => kind === 'files'),
    },
  ];
}

/** 企业业绩信息 of one board (LIB-PERF, F-PERF): the immutable copy of a completed project. */
export function performanceType(board: Board): RecordType {
  return {
    name: `performance-${board.name}`,
    label: board.performance,
    owner: 'organisation',
    sections: sections(board),
    system: [
      {
        kind: 'reference',
        to: [`project-${board.name}`],
        name: 'projectId',
        label: label('关联项目', 'Project'),
      },
      { kind: 'integer', min: 0, name: 'useCount', label: label('使用次数', 'Times used'), initial: 0 },
    ],
    lifeCycle: LIFE_CYCLE,
    title: 'projectName',
    list: {
      columns: ['projectName', 'owner', 'leaderName', 'contractAmount', 'acceptDate', 'useCount'],
      filters: ['projectType', board.kind, 'region', 'acceptDate'],
    },
    requirements: [
      ...Array.from({ length: 13 }, (_, i) => `LIB-PERF-${String(i + 1).padStart(2, '0')}`),
      'F-PERF',
      'SM-PERF',
    ],
  };
}
