import type { Field, Label, Option, Values } from '../../engine/field.ts';
import type { Check, RecordType, Section } from '../../engine/record-type.ts';
import { COMMON_CHECKS, EXAMPLE_COMPLETION, EXAMPLE_DAYS } from './common-checks.ts';
import {
  BID_SECTION,
  CONTRACT_SECTION,
  PAPERS_SECTION,
  PEOPLE_SECTION,
  projectSection,
  SCHEDULE_SECTION,
} from './common-sections.ts';
import { completionSection } from './completion.ts';
import { ADD_PROJECT, PROJECT_SYSTEM, projectLifeCycle } from './life-cycle.ts';

/** What is particular to a board: 企业, 交通 or 水利 (LIB-PROJ-01). */
export type Board = {
  readonly name: 'general' | 'transport' | 'water';
  readonly label: Label;
  readonly performance: Label;
  /** Options of 工程类别, where the board has no list of its own among its extras. */
  readonly category?: readonly Option[];
  readonly extras: Section;
  readonly completion: readonly Field[];
  readonly checks?: readonly Check[];
  /** Field by which lists are filtered in place of 工程类别. */
  readonly kind: string;
  /** Makes examples keep the board's own checks. */
  readonly example?: Values;
  readonly requirements: readonly string[];
};

export const sectionsOfBoard = (board: Board): readonly Section[] => [
  projectSection(board.category),
  board.extras,
  BID_SECTION,
  CONTRACT_SECTION,
  PEOPLE_SECTION,
  SCHEDULE_SECTION,
  completionSection(board.completion),
  PAPERS_SECTION,
];

/** 企业项目信息 of one board (LIB-PROJ, F-PROJ, SM-PROJ). */
export function projectType(board: Board): RecordType {
  return {
    name: `project-${board.name}`,
    label: board.label,
    adding: { button: ADD_PROJECT, dialog: ADD_PROJECT },
    owner: 'organisation',
    sections: sectionsOfBoard(board),
    system: PROJECT_SYSTEM,
    checks: [...COMMON_CHECKS, ...(board.checks ?? [])],
    lifeCycle: projectLifeCycle({
      noun: { zh: '企业项目', en: 'project' },
      performance: `performance-${board.name}`,
    }),
    example: (values) => ({
      ...values,
      ...EXAMPLE_DAYS,
      ...(values['actualEndDate'] === undefined ? {} : { ...EXAMPLE_COMPLETION, ...board.example }),
    }),
    title: 'projectName',
    list: {
      columns: ['projectName', 'projectType', 'contractAmount', 'stage', 'isOnPlatform', 'isPerformance'],
      filters: [
        'projectType',
        board.kind,
        'stage',
        'isOnPlatform',
        'isPerformance',
        'region',
        'contractDate',
      ],
    },
    requirements: [
      ...Array.from({ length: 20 }, (_, i) => `LIB-PROJ-${String(i + 1).padStart(2, '0')}`),
      'LIB-PERF-09',
      'LIB-PERF-10',
      'LIB-PERF-11',
      'LIB-PERF-12',
      'LIB-PERF-13',
      'F-PROJ',
      'F-LEADCHG',
      'SM-PROJ',
      ...board.requirements,
    ],
  };
}
