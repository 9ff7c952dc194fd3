import { sm3 } from '@hufu/gm';
import { canonicalJsonBytes, equalBytes, fromHex, fromUtf8, type JsonValue, toHex } from '@hufu/kernel';
import { sha256 } from '@noble/hashes/sha2.js';
import { ledgerError } from '../errors.ts';
import { parseTimeText, timeText } from '../json/time-text.ts';
import { isDigestText } from './disclosure.ts';
import { type Actor, STATEMENT_VERSION, type Statement, type StatementSpec, type Subject } from './model.ts';

type Members = { readonly [name: string]: JsonValue };

const MAX_STATEMENT = 64 * 1024;
const MAX_COMMITMENTS = 256;
/** Those beside `sm3`, in order. */
const NAMES = ['_sd', 'actor', 'facts', 'id', 'prev', 'seq', 'subject', 'time', 'type', 'v'];

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TYPE = /^[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)*$/;
const KIND = /^[a-z][a-z0-9_.-]{0,63}$/;
const HEX_32 = /^[0-9a-f]{64}$/;

function membersOf(spec: StatementSpec): Members {
  return {
    v: STATEMENT_VERSION,
    id: spec.id,
    type: spec.type,
    subject: { kind: spec.subject.kind, id: spec.subject.id },
    seq: spec.seq,
    prev: spec.prev === undefined ? null : toHex(spec.prev),
    actor: { kind: spec.actor.kind, id: spec.actor.id },
    time: timeText(spec.time),
    facts: spec.facts,
    // In order of the digests: their places say nothing of the fields.
    _sd: [...spec.commitments].sort(),
  };
}

/**
 * The bytes of a statement: canonical JSON (RFC 8785), with the SM3 digest of the rest inside, so that the log commits
 * to both digests. What it writes, `parseStatement` reads.
 * @throws LEDGER_STATEMENT for a spec outside the rules, LEDGER_TIME, CANONICAL_*
 */
export function buildStatement(spec: StatementSpec): Uint8Array {
  const members = membersOf(spec);
  readMembers(members);
  const bytes = canonicalJsonBytes({ ...members, sm3: toHex(sm3(canonicalJsonBytes(members))) });
  if (bytes.length > MAX_STATEMENT) throw ledgerError('LEDGER_STATEMENT', { bytes: bytes.length });
  return bytes;
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown, pattern: RegExp): value is string =>
  typeof value === 'string' && pattern.test(value);

const isReference = (value: unknown): value is Subject | Actor =>
  isObject(value) &&
  Object.keys(value).length === 2 &&
  isText(value['kind'], KIND) &&
  isText(value['id'], /^[\x21-\x7e]{1,200}$/);

const areCommitments = (value: unknown): value is string[] =>
  Array.isArray(value) &&
  value.length <= MAX_COMMITMENTS &&
  value.every((one, i) => isDigestText(one) && (i === 0 || value[i - 1] < one));

function readTime(value: unknown): number {
  const time = parseTimeText(value);
  if (time === undefined) throw ledgerError('LEDGER_STATEMENT');
  return time;
}

/** The chain of a subject begins without a predecessor, and only there. */
function readPlace(seq: unknown, prev: unknown): Pick<StatementSpec, 'seq' | 'prev'> {
  const counted = typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 1;
  const linked = seq === 1 ? prev === null : isText(prev, HEX_32);
  if (!counted || !linked) throw ledgerError('LEDGER_STATEMENT');
  return { seq, prev: typeof prev === 'string' ? fromHex(prev) : undefined };
}

function readMembers(members: Members): StatementSpec {
  const { v, id, type, subject, seq, prev, actor, time, facts, _sd } = members;
  const whole = v === STATEMENT_VERSION && Object.keys(members).sort().join() === NAMES.join();
  const named = isText(id, UUID) && isText(type, TYPE) && type.length <= 100;
  const known = isReference(subject) && isReference(actor) && isObject(facts) && areCommitments(_sd);
  if (!whole || !named || !known) throw ledgerError('LEDGER_STATEMENT');
  return { id, type, subject, actor, facts, commitments: _sd, time: readTime(time), ...readPlace(seq, prev) };
}

function readJson(bytes: Uint8Array): Members {
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes));
    // One statement has one form: whatever would hash otherwise was not written by this project.
    if (isObject(value) && equalBytes(canonicalJsonBytes(value), bytes)) return value;
  } catch {
    // Not UTF-8, not JSON, or without a canonical form: refused below.
  }
  throw ledgerError('LEDGER_STATEMENT');
}

/** Reads a statement and compares the SM3 digest that it carries. @throws LEDGER_STATEMENT */
export function parseStatement(bytes: Uint8Array): Statement {
  if (bytes.length > MAX_STATEMENT) throw ledgerError('LEDGER_STATEMENT');
  const { sm3: stated, ...rest } = readJson(bytes);
  if (!isText(stated, HEX_32)) throw ledgerError('LEDGER_STATEMENT');
  const spec = readMembers(rest);
  const digest = sm3(canonicalJsonBytes(rest));
  if (toHex(digest) !== stated) throw ledgerError('LEDGER_STATEMENT', { of: 'sm3' });
  return { ...spec, sm3: digest };
}

/** Digests of a statement's bytes: what people compare, and (SHA-256) what the next statement names. */
export const statementDigests = (
  bytes: Uint8Array,
): { readonly sha256: Uint8Array; readonly sm3: Uint8Array } => ({
  sha256: sha256(bytes),
  sm3: sm3(bytes),
});
