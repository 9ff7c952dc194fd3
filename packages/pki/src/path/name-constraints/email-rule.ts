import { isHostName } from './dns-rule.ts';
import { hostMatches, isHostConstraint } from './host-rule.ts';
import type { ConstraintRule } from './rule.ts';

type Mailbox = { readonly local: string; readonly host: string };

/** Printable ASCII without spaces, one `@` (RFC 5321 §4.1.2; quoted local parts are not used in certificates). */
function parseMailbox(text: string): Mailbox | undefined {
  const match = /^([!-?A-~]+)@([!-?A-~]+)$/.exec(text);
  if (!match || !isHostName(match[2]!)) return undefined;
  return { local: match[1]!, host: match[2]! };
}

export const isMailbox = (text: string): boolean => parseMailbox(text) !== undefined;

function matches(name: string, constraint: string): boolean {
  const mailbox = parseMailbox(name);
  if (!mailbox) return false;
  const wanted = parseMailbox(constraint);
  if (!wanted) return hostMatches(mailbox.host, constraint);
  // RFC 5280 §7.5: the local part is compared exactly, the host without case.
  return wanted.local === mailbox.local && wanted.host.toLowerCase() === mailbox.host.toLowerCase();
}

/** A constraint is one mailbox, all mailboxes of one host, or those of all hosts below a domain. */
export const emailRule: ConstraintRule<string> = {
  constraintIsWellFormed: (constraint) => isMailbox(constraint) || isHostConstraint(constraint),
  nameIsWellFormed: isMailbox,
  within: matches,
  touches: matches,
};
