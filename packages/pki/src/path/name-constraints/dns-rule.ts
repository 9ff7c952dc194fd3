import type { ConstraintRule } from './rule.ts';

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;
const WILDCARD = '*.';

/** Host name of RFC 1034 §3.5, underscores tolerated, without a final dot. */
export const isHostName = (name: string): boolean =>
  name.length <= 253 && name.split('.').every((label) => LABEL.test(label));

/** `host` is `base` or has labels added on its left. */
const isWithin = (host: string, base: string): boolean => {
  const [h, b] = [host.toLowerCase(), base.toLowerCase()];
  return b === '' || h === b || h.endsWith(`.${b}`);
};

/** The name behind the wildcard label, or undefined. */
const wildcardBase = (name: string): string | undefined =>
  name.startsWith(WILDCARD) ? name.slice(WILDCARD.length) : undefined;

/** A wildcard stands for one label, so it touches the subtrees one label below its base and no deeper ones. */
const isOneLabelBelow = (host: string, base: string): boolean =>
  isWithin(host, base) && host.split('.').length === base.split('.').length + 1;

export const dnsRule: ConstraintRule<string> = {
  constraintIsWellFormed: (constraint) => constraint === '' || isHostName(constraint),
  nameIsWellFormed: (name) => isHostName(wildcardBase(name) ?? name),
  within: (name, constraint) => isWithin(wildcardBase(name) ?? name, constraint),
  touches(name, constraint) {
    const base = wildcardBase(name);
    if (base === undefined) return isWithin(name, constraint);
    return isWithin(base, constraint) || isOneLabelBelow(constraint, base);
  },
};
