import { hash } from 'node:crypto';
import type { Clock, JsonValue, RandomBytes } from '@hufu/kernel';
import { buildStatement, commitFields, type Disclosure, type Ed25519Signer, signLeaf } from '@hufu/ledger';
import type { AuditEntry } from '../../../infra/audit/audit.ts';
import { entityOf, subjectOf } from '../domain/acts.ts';

/** The last statement of a record's chain. */
export type ChainHead = {
  readonly seq: number;
  /** SHA-256 of its bytes. */
  readonly digest: Uint8Array;
};

export type Composing = {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly newId: () => string;
  readonly submitter: Ed25519Signer;
};

export type ComposedStatement = {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly seq: number;
  readonly entity: string | undefined;
  readonly body: Uint8Array;
  readonly digest: Uint8Array;
  readonly leaf: Uint8Array;
  readonly at: Date;
  readonly disclosures: readonly Disclosure[];
};

/** As the database names a chain. */
export const subjectKey = ({ kind, id }: { readonly kind: string; readonly id: string }): string =>
  `${kind}/${id}`;

export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(hash('sha256', bytes, 'buffer'));

/** What JSON makes of it: dates as text, nothing undefined. */
const plain = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;

function factsOf({ before, after, actor }: AuditEntry): Readonly<Record<string, JsonValue>> {
  return {
    ...(before === undefined || before === null ? {} : { before: plain(before) }),
    ...(after === undefined || after === null ? {} : { after: plain(after) }),
    ...(actor.certificate === undefined ? {} : { certificate: actor.certificate }),
  };
}

/** A reason is what somebody typed: it may name persons, so that it is only committed to. */
function privateOf({ reason, disclose }: AuditEntry): Readonly<Record<string, JsonValue>> {
  return { ...disclose, ...(reason === undefined ? {} : { reason }) };
}

/** The statement that says what an audit entry says, as the next one of its record's chain, and its signed leaf. */
export async function composeStatement(
  { entry, head }: { readonly entry: AuditEntry; readonly head: ChainHead | undefined },
  { clock, random, newId, submitter }: Composing,
): Promise<ComposedStatement> {
  const subject = subjectOf(entry);
  const disclosures = commitFields(privateOf(entry), random);
  const [id, time, seq] = [newId(), clock.now(), (head?.seq ?? 0) + 1];
  const body = buildStatement({
    id,
    type: entry.action,
    subject,
    seq,
    prev: head?.digest,
    actor: { kind: entry.actor.kind, id: entry.actor.id ?? entry.actor.kind },
    time,
    facts: factsOf(entry),
    commitments: disclosures.map(({ commitment }) => commitment),
  });
  return {
    id,
    type: entry.action,
    subject: subjectKey(subject),
    seq,
    entity: entityOf(entry),
    body,
    digest: sha256(body),
    leaf: await signLeaf(body, submitter),
    at: new Date(time),
    disclosures,
  };
}
