import type { ConstraintRule } from './rule.ts';

/** The mask's one bits all stand before its zero bits (RFC 4632 §3.1). */
function isPrefixMask(mask: Uint8Array): boolean {
  const bits = Array.from(mask, (octet) => octet.toString(2).padStart(8, '0')).join('');
  return /^1*0*$/.test(bits);
}

/** A constraint is an address followed by a mask of the same length. */
function matches(address: Uint8Array, constraint: Uint8Array): boolean {
  const length = address.length;
  if (constraint.length !== 2 * length) return false;
  return address.every((octet, i) => ((octet ^ constraint[i]!) & constraint[length + i]!) === 0);
}

export const ipRule: ConstraintRule<Uint8Array> = {
  constraintIsWellFormed: (constraint) =>
    (constraint.length === 8 || constraint.length === 32) &&
    isPrefixMask(constraint.subarray(constraint.length / 2)),
  nameIsWellFormed: (address) => address.length === 4 || address.length === 16,
  within: matches,
  touches: matches,
};
