import type { Condition } from '../../engine/field.ts';
import { options } from './labels.ts';

/** Options that several types share. */

export const AWARD_LEVELS = options({
  NATIONAL: ['国家级', 'National'],
  PROVINCIAL: ['省部级', 'Provincial or ministerial'],
  MUNICIPAL: ['市级', 'Municipal'],
  COUNTY: ['区县级', 'County'],
  OTHER: ['其他', 'Other'],
});

const CARDS = ['ID_CARD', 'HMT_RESIDENCE'];

/**
 * Documents that carry a citizen's identity number or one of the same form (GB 11643-1999). Foreigners' residence cards
 * of before 2023 have another.
 */
export const isCard = (field: string): Condition => ({ field, in: CARDS });
export const IS_CARD = isCard('idType');

/** What a person does on projects. */
export const PERSON_ROLES = options({
  PROJECT_LEADER: ['项目负责人', 'Project leader'],
  TECH_LEADER: ['技术负责人', 'Technical leader'],
  SAFETY_OFFICER: ['安全员', 'Safety officer'],
  QUALITY_OFFICER: ['质量员', 'Quality officer'],
  SUPERVISOR: ['监理人员', 'Supervision staff'],
  OTHER: ['其他', 'Other'],
});
