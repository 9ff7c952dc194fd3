import type { HolderFacts } from './model.ts';

/** Why a certificate cannot stand for an enterprise. The caller has the message for each. */
export type HolderObstacle =
  /** 法人锁: HUB-015, HUB-031. */
  | 'legal-representative'
  /** 个人证书: HUB-041. */
  | 'individual'
  /** 经办人证书: names a person who acts, not the enterprise. */
  | 'operator'
  /** OD-41: the profile does not tell the kind. */
  | 'unknown-kind'
  | 'no-unit-name'
  /** Something that decides who the holder is can be read in two ways or is not well formed. */
  | 'doubtful-facts';

const OBSTACLE_OF_KIND: Readonly<Record<HolderFacts['kind'], HolderObstacle | undefined>> = {
  enterprise: undefined,
  legalRepresentative: 'legal-representative',
  individual: 'individual',
  operator: 'operator',
  unknown: 'unknown-kind',
};

const DECISIVE: ReadonlySet<string> = new Set(['uscc', 'unitName', 'personIdNo', 'kind']);

/** Whether anything that decides who the holder is can be read in two ways, deceives, or is not well formed. */
export const hasDoubtfulFacts = ({ problems }: HolderFacts): boolean =>
  problems.some(({ fact }) => DECISIVE.has(fact));

/**
 * Whether a certificate may be bound to, and log in as, an enterprise; undefined when it may. A doubtful USCC is an
 * obstacle, not an absent one: otherwise a malformed code would skip the comparison of OD-03.
 */
export function enterpriseObstacle(facts: HolderFacts): HolderObstacle | undefined {
  if (hasDoubtfulFacts(facts)) return 'doubtful-facts';
  const obstacle = OBSTACLE_OF_KIND[facts.kind];
  if (obstacle !== undefined) return obstacle;
  return facts.unitName === undefined ? 'no-unit-name' : undefined;
}
