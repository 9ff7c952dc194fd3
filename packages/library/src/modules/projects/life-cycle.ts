import type { Field, Label, Value, Values } from '../../engine/field.ts';
import { type Event, type Facts, type Guard, type LifeCycle, NONE, SAME } from '../../engine/record-type.ts';
import { label, options } from '../shared/labels.ts';
import { deleting, EDITING, SAVE_DRAFT, SUBMIT, SUBMITTED } from '../shared/life-cycles.ts';

/** SM-PROJ: the state of a project is its status together with stage, 是否作为业绩 and whether it ever was one. */

const ONGOING = 'UNDER_CONSTRUCTION';
const COMPLETED = 'COMPLETED';

export const ADD_PROJECT = label('新增场外项目', 'Add off-platform project');
const EDIT_PROJECT = label('编辑企业项目信息', 'Edit project');
const OK = label('确定', 'Confirm');

export const PROJECT_SYSTEM: readonly Field[] = [
  {
    kind: 'boolean',
    name: 'isOnPlatform',
    label: label('是否场内项目', 'On-platform project'),
    initial: false,
  },
  {
    kind: 'choice',
    name: 'stage',
    label: label('项目阶段', 'Stage'),
    initial: ONGOING,
    options: options({
      [ONGOING]: ['项目在建', 'Under construction'],
      [COMPLETED]: ['项目竣工', 'Completed'],
    }),
  },
  {
    kind: 'boolean',
    name: 'isPerformance',
    label: label('是否作为业绩', 'Counts as a performance'),
    initial: false,
  },
  {
    kind: 'boolean',
    name: 'everPerformance',
    label: label('是否曾转为业绩', 'Was a performance before'),
    initial: false,
  },
  {
    kind: 'integer',
    min: 0,
    name: 'leaderChanges',
    label: label('负责人变更次数', 'Changes of the leader'),
    initial: 0,
  },
  { kind: 'date', name: 'leaderChangedOn', label: label('负责人变更日期', 'Leader changed on') },
];

const ongoing: Guard = {
  otherwise: 'LIB_PROJECT_COMPLETED',
  holds: ({ system }) => system['stage'] === ONGOING,
};

const LEADER_GUARDS: readonly Guard[] = [
  ongoing,
  { otherwise: 'LIB_PROJECT_PERFORMANCE', holds: ({ system }) => system['isPerformance'] !== true },
  { otherwise: 'LIB_LEADER_MISSING', holds: ({ values }) => typeof values['leaderId'] === 'string' },
  {
    otherwise: 'LIB_SAME_LEADER',
    holds: ({ values, taken }) => values['leaderId'] !== taken['newLeaderId'],
  },
];

const LEADER_FIELDS: readonly Field[] = [
  {
    kind: 'reference',
    to: ['person'],
    name: 'newLeaderId',
    label: label('变更后负责人', 'New leader'),
    required: 'always',
    hint: label('从“人员信息”的在职人员中选择', 'An employed person of 人员信息'),
  },
  {
    kind: 'date',
    notAfterToday: true,
    name: 'changeDate',
    label: label('变更日期', 'Changed on'),
    required: 'always',
  },
];

const filled = (value: Value | undefined): Value => value ?? null;

/** Names and papers of the leaders as they are now: the snapshot must not change with the persons' records. */
function people({ references }: Facts): Values {
  const leader = references['leaderId'] ?? {};
  const tech = references['techLeaderId'] ?? {};
  return {
    leaderName: filled(leader['name']),
    leaderIdNo: filled(leader['idNo']),
    leaderTitle: filled(leader['title']),
    techLeaderName: filled(tech['name']),
    techLeaderTitle: filled(tech['title']),
  };
}

function completing(performance: string): Event {
  return {
    name: 'complete',
    button: label('项目竣工', 'Complete project'),
    dialog: label('项目竣工', 'Complete project'),
    confirm: SUBMIT,
    from: [EDITING.name, SUBMITTED.name],
    to: SUBMITTED.name,
    by: ['primary'],
    takes: { values: true, complete: true },
    guards: [ongoing],
    sets: () => ({ stage: COMPLETED, isPerformance: true, everPerformance: true }),
    arises: (facts) => [
      {
        type: performance,
        event: 'arise',
        values: { ...facts.values, ...people(facts) },
        system: { projectId: facts.id, useCount: 0 },
      },
    ],
  };
}

/** @param performance name of the record type that a completed project becomes */
export function projectLifeCycle({ noun, performance }: { noun: Label; performance: string }): LifeCycle {
  return {
    states: [EDITING, SUBMITTED],
    events: [
      {
        // 场内项目 arrive by themselves, as drafts (LIB-PROJ-02, -03).
        name: 'import',
        from: [NONE],
        to: EDITING.name,
        by: ['system'],
        takes: { values: true, complete: false },
        sets: () => ({ isOnPlatform: true }),
      },
      {
        // The platform says more of it, or says it anew (PLAT-043).
        name: 'import',
        from: [EDITING.name, SUBMITTED.name],
        to: SAME,
        by: ['system'],
        takes: { values: true, complete: false },
        guards: [ongoing],
      },
      {
        name: 'save',
        dialog: ADD_PROJECT,
        button: SAVE_DRAFT,
        confirm: SAVE_DRAFT,
        from: [NONE],
        to: EDITING.name,
        by: ['primary'],
        takes: { values: true, complete: false },
      },
      {
        name: 'submit',
        dialog: ADD_PROJECT,
        button: SUBMIT,
        confirm: SUBMIT,
        from: [NONE],
        to: SUBMITTED.name,
        by: ['primary'],
        takes: { values: true, complete: true },
      },
      {
        name: 'maintain',
        button: label('在建项目维护', 'Maintain ongoing project'),
        dialog: EDIT_PROJECT,
        confirm: SAVE_DRAFT,
        from: [EDITING.name, SUBMITTED.name],
        to: EDITING.name,
        by: ['primary'],
        takes: { values: true, complete: false },
        guards: [ongoing],
      },
      {
        name: 'submit',
        button: SUBMIT,
        dialog: EDIT_PROJECT,
        confirm: SUBMIT,
        from: [EDITING.name, SUBMITTED.name],
        to: SUBMITTED.name,
        by: ['primary'],
        takes: { values: true, complete: true },
        guards: [ongoing],
      },
      {
        name: 'change-leader',
        button: label('变更负责人', 'Change leader'),
        dialog: label('项目负责人变更', 'Change of the project leader'),
        confirm: OK,
        from: [EDITING.name, SUBMITTED.name],
        to: SAME,
        by: ['primary'],
        takes: { fields: LEADER_FIELDS },
        needs: { reason: true, proof: true },
        guards: LEADER_GUARDS,
        moves: (_, { newLeaderId }) => ({ leaderId: newLeaderId }),
        sets: ({ system, taken }) => ({
          leaderChanges: Number(system['leaderChanges'] ?? 0) + 1,
          leaderChangedOn: taken['changeDate'],
        }),
      },
      completing(performance),
      {
        // LIB-PERF-09 to -12: nothing changes when the performance is voided, all of it when the project is edited.
        name: 'reopen',
        button: label('重新修改', 'Edit again'),
        dialog: EDIT_PROJECT,
        confirm: SAVE_DRAFT,
        from: [SUBMITTED.name],
        to: EDITING.name,
        by: ['primary'],
        takes: { values: true, complete: false },
        asks: ['has-normal-performance'],
        guards: [
          { otherwise: 'LIB_PROJECT_ONGOING', holds: ({ system }) => system['stage'] === COMPLETED },
          {
            otherwise: 'LIB_PERFORMANCE_NORMAL',
            holds: ({ answers }) => answers['has-normal-performance'] === false,
          },
        ],
        sets: () => ({ stage: ONGOING, isPerformance: false }),
      },
      {
        ...deleting(noun),
        guards: [
          {
            otherwise: 'LIB_PROJECT_KEPT',
            holds: ({ system }) => system['isOnPlatform'] === false && system['everPerformance'] === false,
          },
        ],
      },
    ],
  };
}
