import type { Name } from '../../x509/model.ts';
import type { ConstraintRule } from './rule.ts';

/** The constraint's relative names are the first ones of the name. */
const matches = (name: Name, constraint: Name): boolean =>
  constraint.rdnKeys.length <= name.rdnKeys.length &&
  constraint.rdnKeys.every((key, i) => key === name.rdnKeys[i]);

export const dnRule: ConstraintRule<Name> = {
  constraintIsWellFormed: () => true,
  nameIsWellFormed: () => true,
  within: matches,
  touches: matches,
};
