import { TRADING_DOMAINS } from '../../code-lists/trading-domains.ts';
import type { Condition, Field } from '../../engine/field.ts';
import { label, options } from './labels.ts';

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

/** In what kinds of trading the entity takes part (GEN-003): told, and nothing depends on it. */
export const tradingDomains: Field = {
  kind: 'choices',
  name: 'tradingDomains',
  label: label('交易类别', 'Kinds of trading'),
  options: TRADING_DOMAINS.entries,
  hint: label('参与哪些公共资源交易，可多选', 'In which the entity takes part; several can be chosen'),
};
