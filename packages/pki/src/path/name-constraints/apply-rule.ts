import type { GeneralName, GeneralSubtree } from '../../x509/model.ts';
import { dnRule } from './dn-rule.ts';
import { dnsRule } from './dns-rule.ts';
import { emailRule } from './email-rule.ts';
import { ipRule } from './ip-rule.ts';
import type { ConstraintRule } from './rule.ts';
import { uriRule } from './uri-rule.ts';

type TextKind = 'dns' | 'email' | 'uri';

const TEXT_RULES: Readonly<Record<TextKind, ConstraintRule<string>>> = {
  dns: dnsRule,
  email: emailRule,
  uri: uriRule,
};

type Question = 'constraintIsWellFormed' | 'nameIsWellFormed';
type Relation = 'within' | 'touches';

function ask(question: Question, name: GeneralName): boolean {
  switch (name.kind) {
    case 'dns':
    case 'email':
    case 'uri':
      return TEXT_RULES[name.kind][question](name.text);
    case 'ip':
      return ipRule[question](name.address);
    case 'dn':
      return dnRule[question](name.name);
    default:
      return true;
  }
}

function relate(relation: Relation, name: GeneralName, subtree: GeneralSubtree): boolean {
  if (name.kind === 'dn' && subtree.kind === 'dn') return dnRule[relation](name.name, subtree.name);
  if (name.kind === 'ip' && subtree.kind === 'ip') return ipRule[relation](name.address, subtree.address);
  if ('text' in name && 'text' in subtree && name.kind === subtree.kind) {
    return TEXT_RULES[name.kind][relation](name.text, subtree.text);
  }
  // Nobody can tell: neither permitted nor free of exclusion.
  return relation === 'touches';
}

const SUPPORTED: ReadonlySet<GeneralName['kind']> = new Set(['dns', 'email', 'uri', 'ip', 'dn']);

/** False for kinds of name whose constraints cannot be applied here (RFC 5280 §4.2.1.10 then demands refusal). */
export const isSupportedKind = (kind: GeneralName['kind']): boolean => SUPPORTED.has(kind);

export const constraintIsWellFormed = (subtree: GeneralSubtree): boolean =>
  ask('constraintIsWellFormed', subtree);

export const nameIsWellFormed = (name: GeneralName): boolean => ask('nameIsWellFormed', name);

/** Is the whole name inside of the subtree, which is of the same kind? */
export const isWithin = (name: GeneralName, subtree: GeneralSubtree): boolean =>
  relate('within', name, subtree);

/** Is any part of the name inside of the subtree, which is of the same kind? */
export const touches = (name: GeneralName, subtree: GeneralSubtree): boolean =>
  relate('touches', name, subtree);
