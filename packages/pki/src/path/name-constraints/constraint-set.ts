import type { Certificate, GeneralName, GeneralSubtree, NameConstraints } from '../../x509/model.ts';
import { nameTexts } from '../../x509/name.ts';
import { ATTRIBUTE_OID } from '../../x509/oids.ts';
import { type CheckFailure, refuse } from '../failure.ts';
import type { Budget } from '../limits.ts';
import {
  constraintIsWellFormed,
  isSupportedKind,
  isWithin,
  nameIsWellFormed,
  touches,
} from './apply-rule.ts';

type Kind = GeneralName['kind'];

/** permitted_subtrees and excluded_subtrees of RFC 5280 §6.1.1, as they gather on the way down. */
export type ConstraintSet = {
  /** One layer per certificate and kind: a name must lie within some subtree of every layer of its kind. */
  readonly permitted: Map<Kind, (readonly GeneralSubtree[])[]>;
  readonly excluded: Map<Kind, GeneralSubtree[]>;
};

export const createConstraintSet = (): ConstraintSet => ({ permitted: new Map(), excluded: new Map() });

function groupByKind(subtrees: readonly GeneralSubtree[]): Map<Kind, GeneralSubtree[]> {
  const groups = new Map<Kind, GeneralSubtree[]>();
  for (const subtree of subtrees) {
    const group = groups.get(subtree.kind);
    if (group) group.push(subtree);
    else groups.set(subtree.kind, [subtree]);
  }
  return groups;
}

/** §6.1.4(g): intersects the permitted subtrees, unites the excluded ones. */
export function addConstraints(set: ConstraintSet, constraints: NameConstraints): CheckFailure | undefined {
  const { permitted, excluded } = constraints;
  if (permitted.length + excluded.length === 0) {
    return refuse('NAME_CONSTRAINT_MALFORMED', 'RFC 5280 §4.2.1.10', 'empty');
  }
  const malformed = [...permitted, ...excluded].find((subtree) => !constraintIsWellFormed(subtree));
  if (malformed) return refuse('NAME_CONSTRAINT_MALFORMED', 'RFC 5280 §4.2.1.10', malformed.kind);
  for (const [kind, layer] of groupByKind(permitted)) {
    set.permitted.set(kind, [...(set.permitted.get(kind) ?? []), layer]);
  }
  for (const [kind, subtrees] of groupByKind(excluded)) {
    set.excluded.set(kind, [...(set.excluded.get(kind) ?? []), ...subtrees]);
  }
  return undefined;
}

/** All names that constraints govern: alternative names, the subject, and mail addresses in a subject that has no other. */
function namesOf(certificate: Certificate): GeneralName[] {
  const { subject, subjectAlternativeNames } = certificate;
  const names: GeneralName[] = [...(subjectAlternativeNames ?? [])];
  if (subject.rdns.length > 0) names.push({ kind: 'dn', name: subject });
  if (subjectAlternativeNames === undefined) {
    const mailboxes = nameTexts(subject, ATTRIBUTE_OID.email);
    names.push(...mailboxes.map((text): GeneralName => ({ kind: 'email', text })));
  }
  return names;
}

/** §6.1.3(b) and (c): every name within the permitted subtrees, none within an excluded one. */
export function checkNames(
  set: ConstraintSet,
  certificate: Certificate,
  budget: Budget,
): CheckFailure | undefined {
  if (set.permitted.size + set.excluded.size === 0) return undefined;
  for (const name of namesOf(certificate)) {
    const failure = checkName(set, name, budget);
    if (failure) return failure;
  }
  return undefined;
}

function checkName(set: ConstraintSet, name: GeneralName, budget: Budget): CheckFailure | undefined {
  const layers = set.permitted.get(name.kind) ?? [];
  const excluded = set.excluded.get(name.kind) ?? [];
  if (layers.length + excluded.length === 0) return undefined;
  if (!isSupportedKind(name.kind)) {
    return refuse('NAME_CONSTRAINT_UNSUPPORTED', 'RFC 5280 §6.1.4(g)', name.kind);
  }
  if (!nameIsWellFormed(name)) return refuse('NAME_MALFORMED', 'RFC 5280 §4.2.1.6', name.kind);
  const comparisons = layers.reduce((sum, layer) => sum + layer.length, excluded.length);
  const exhausted = budget.spend('nameComparisons', comparisons);
  if (exhausted) return exhausted;
  if (!layers.every((layer) => layer.some((subtree) => isWithin(name, subtree)))) {
    return refuse('NAME_NOT_PERMITTED', 'RFC 5280 §6.1.3(b)', name.kind);
  }
  if (excluded.some((subtree) => touches(name, subtree))) {
    return refuse('NAME_EXCLUDED', 'RFC 5280 §6.1.3(c)', name.kind);
  }
  return undefined;
}
