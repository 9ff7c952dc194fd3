import { sm3 } from '@hufu/gm';
import { type JsonValue, toBase64, toHex, utf8 } from '@hufu/kernel';
import { sha256 } from '@noble/hashes/sha2.js';
import { formatVkey, type NoteKey, type NoteKeyKind, parseVkey, sigsumOrigin } from '../checkpoint/key.ts';
import { ledgerError } from '../errors.ts';
import { jsonReader } from '../json/reader.ts';
import { timeText } from '../json/time-text.ts';
import { HASH_BYTES } from '../tree/hasher.ts';
import type { TreeHead } from '../tree/verify.ts';
import type { LogPolicy, PolicyChain, PolicyLog, PolicySubmitter, PolicyWitness } from './model.ts';

const VERSION = 'hufu-log-policy/v1';
const MAX_POLICY = 512 * 1024;
const MAX_CERTIFICATE = 16 * 1024;
const LABEL = { pattern: /^[^\p{Cc}\p{Surrogate}]+$/u, max: 200 };

const refuse = (of: string) => ledgerError('LEDGER_POLICY', { of });
const read = jsonReader(refuse);

/** The document as it is published: JSON for people too, the same bytes for the same policy. @throws LEDGER_POLICY, LEDGER_TIME */
export function buildPolicy(policy: LogPolicy): string {
  const document = {
    v: VERSION,
    publisher: policy.publisher,
    issuedAt: timeText(policy.issuedAt),
    logs: policy.logs.map(({ key, sm2, final }) => ({
      vkey: formatVkey(key),
      sm2: sm2 === undefined ? null : formatVkey(sm2),
      ...(final === undefined ? {} : { final: { size: final.size, root: toBase64(final.root) } }),
    })),
    submitters: policy.submitters.map(({ name, publicKey }) => ({ name, publicKey: toHex(publicKey) })),
    witnesses: policy.witnesses.map(({ operator, key }) => ({ operator, vkey: formatVkey(key) })),
    quorum: policy.quorum,
    timeStampRoots: policy.timeStampRoots.map(toBase64),
    chains: policy.chains.map(({ chainId, name, contract }) => ({ chainId, name, contract })),
  };
  const text = `${JSON.stringify(document, null, 2)}\n`;
  parsePolicy(text);
  return text;
}

function readKey(value: JsonValue | undefined, kind: NoteKeyKind): NoteKey {
  const key = parseVkey(read.text(value, { max: 1024 }));
  if (key.kind !== kind) throw refuse('vkey');
  return key;
}

function readHead(value: JsonValue | undefined): TreeHead {
  const { size, root } = read.object(value, ['size', 'root']);
  const hash = read.base64(root, HASH_BYTES);
  if (hash.length !== HASH_BYTES) throw refuse('root');
  return { size: read.integer(size, 1), root: hash };
}

function readLog(value: JsonValue): PolicyLog {
  const names = ['vkey', 'sm2'];
  const isRetired = typeof value === 'object' && value !== null && Object.hasOwn(value, 'final');
  const { vkey, sm2, final } = read.object(value, isRetired ? [...names, 'final'] : names);
  const key = readKey(vkey, 'ed25519');
  const second = sm2 === null ? undefined : readKey(sm2, 'sm2');
  const named = second === undefined || second.name === `${key.name}/sm2`;
  if (key.name !== sigsumOrigin(key.publicKey) || !named) throw refuse('origin');
  return { key, sm2: second, ...(isRetired ? { final: readHead(final) } : {}) };
}

function readSubmitter(value: JsonValue): PolicySubmitter {
  const { name, publicKey } = read.object(value, ['name', 'publicKey']);
  return { name: read.text(name, LABEL), publicKey: read.hex(publicKey, 32) };
}

function readWitness(value: JsonValue): PolicyWitness {
  const { operator, vkey } = read.object(value, ['operator', 'vkey']);
  return { operator: read.text(operator, LABEL), key: readKey(vkey, 'cosignature') };
}

function readChain(value: JsonValue): PolicyChain {
  const { chainId, name, contract } = read.object(value, ['chainId', 'name', 'contract']);
  return {
    chainId: read.integer(chainId, 1),
    name: read.text(name, LABEL),
    contract: read.text(contract, { pattern: /^0x[0-9a-f]{40}$/, max: 42 }),
  };
}

/** One key under two names would count twice. */
function assertDistinct(keys: readonly Uint8Array[]): void {
  if (new Set(keys.map(toHex)).size !== keys.length) throw refuse('duplicate');
}

/** Reads a policy strictly: what it does not know, it refuses. @throws LEDGER_POLICY, LEDGER_KEY, LEDGER_KEY_NAME */
export function parsePolicy(text: string): LogPolicy {
  const names = [
    'v',
    'publisher',
    'issuedAt',
    'logs',
    'submitters',
    'witnesses',
    'quorum',
    'timeStampRoots',
    'chains',
  ];
  const document = read.object(read.document(text, MAX_POLICY), names);
  if (document['v'] !== VERSION) throw refuse('version');
  const logs = read.list(document['logs'], 16, readLog);
  const submitters = read.list(document['submitters'], 256, readSubmitter);
  const witnesses = read.list(document['witnesses'], 64, readWitness);
  assertDistinct(logs.map(({ key }) => key.publicKey));
  assertDistinct(submitters.map(({ publicKey }) => publicKey));
  assertDistinct(witnesses.map(({ key }) => key.publicKey));
  const quorum = read.integer(document['quorum'], 0);
  if (logs.length === 0 || quorum > witnesses.length) throw refuse('quorum');
  return {
    publisher: read.text(document['publisher'], LABEL),
    issuedAt: read.time(document['issuedAt']),
    logs,
    submitters,
    witnesses,
    quorum,
    timeStampRoots: read.list(document['timeStampRoots'], 16, (one) => read.base64(one, MAX_CERTIFICATE)),
    chains: read.list(document['chains'], 16, readChain),
  };
}

/** Digests of a policy as it was published: what readers compare with the gazette. */
export const policyDigests = (text: string): { readonly sha256: Uint8Array; readonly sm3: Uint8Array } => ({
  sha256: sha256(utf8(text)),
  sm3: sm3(utf8(text)),
});
