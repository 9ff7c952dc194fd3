import { isUscc, normaliseUscc } from '@hufu/kernel';
import type { Certificate } from '../x509/model.ts';
import type {
  CertificateProfile,
  ConstantRule,
  FactName,
  FactProblem,
  HolderFacts,
  HolderKind,
  Medium,
  Provenance,
  Rule,
} from './model.ts';
import { compilePattern } from './pattern.ts';
import { findAt, placeName } from './places.ts';
import { cleanText } from './text.ts';

export const HOLDER_KINDS: readonly HolderKind[] = [
  'enterprise',
  'legalRepresentative',
  'individual',
  'operator',
];
export const MEDIA: readonly Medium[] = ['usb-key', 'phone', 'software'];

type Reading =
  | { readonly found: 'nothing' }
  | { readonly found: 'value'; readonly value: string; readonly from: string }
  | { readonly found: 'problem'; readonly problem: FactProblem['problem'] };

/**
 * Reads what a certificate says about its holder, by the profile of its authority. It never guesses: a value that
 * could be read in two ways, deceives the eye or is not listed is no fact, and is told among the problems.
 *
 * The certificate must already hang from that authority's anchor: what an unknown issuer writes means nothing.
 */
export function readProfile(certificate: Certificate, profile: CertificateProfile): HolderFacts {
  const provenance: { [F in FactName]?: string } = {};
  const problems: FactProblem[] = [];
  const read = (fact: FactName): string | undefined => {
    const reading = readFact(certificate, profile.facts[fact] ?? []);
    if (reading.found === 'problem') problems.push({ fact, problem: reading.problem });
    if (reading.found !== 'value') return undefined;
    provenance[fact] = reading.from;
    return reading.value;
  };
  const readOneOf = <T extends string>(fact: FactName, known: readonly T[]): T | 'unknown' => {
    const value = read(fact);
    if (value === undefined) return 'unknown';
    const listed = known.find((one) => one === value);
    if (listed !== undefined) return listed;
    problems.push({ fact, problem: 'invalid' });
    delete provenance[fact];
    return 'unknown';
  };

  const readUscc = (): string | undefined => {
    const value = read('uscc');
    const uscc = value === undefined ? undefined : normaliseUscc(value);
    if (uscc === undefined || isUscc(uscc)) return uscc;
    problems.push({ fact: 'uscc', problem: 'invalid' });
    delete provenance.uscc;
    return undefined;
  };

  const keyNo = read('keyNo');
  if (keyNo === undefined) provenance.keyNo = 'serial';
  return {
    profileId: profile.id,
    uscc: readUscc(),
    unitName: read('unitName'),
    personName: read('personName'),
    personIdNo: read('personIdNo'),
    kind: readOneOf('kind', HOLDER_KINDS),
    keyNo: keyNo ?? certificate.serialHex,
    keyNoAssigned: keyNo !== undefined,
    medium: readOneOf('medium', MEDIA),
    mediumNo: read('mediumNo'),
    provenance: provenance as Provenance,
    problems,
  };
}

function readFact(certificate: Certificate, rules: readonly (Rule | ConstantRule)[]): Reading {
  for (const rule of rules) {
    if (rule.at === 'constant') return { found: 'value', value: rule.value, from: 'constant' };
    const reading = readRule(certificate, rule);
    if (reading.found !== 'nothing') return reading;
  }
  return { found: 'nothing' };
}

function readRule(certificate: Certificate, rule: Rule): Reading {
  const values = new Set<string>();
  for (const text of findAt(certificate, rule)) {
    const clean = text === undefined ? undefined : cleanText(text);
    if (clean === undefined) return { found: 'problem', problem: 'unprintable' };
    const value = translate(clean, rule);
    if (value !== undefined && value !== '') values.add(value);
  }
  const [value, second] = values;
  if (value === undefined) return { found: 'nothing' };
  if (second !== undefined) return { found: 'problem', problem: 'ambiguous' };
  return { found: 'value', value, from: placeName(rule) };
}

function translate(text: string, rule: Rule): string | undefined {
  let value: string | undefined = text;
  if (rule.pattern !== undefined) {
    const match = compilePattern(rule.pattern).exec(text);
    if (match === null) return undefined;
    value = match.length > 1 ? match[1] : match[0];
  }
  if (value === undefined || rule.values === undefined) return value;
  return Object.hasOwn(rule.values, value) ? rule.values[value] : undefined;
}
