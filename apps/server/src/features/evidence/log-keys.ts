import {
  type Ed25519Signer,
  type LogSigners,
  type NoteKey,
  noteKey,
  sigsumOrigin,
  sm2NoteKey,
} from '@hufu/ledger';
import type { KeyAlgorithm, KeyVault } from '../../infra/vault/key-vault.ts';

/** Signs checkpoints. Its public key is the log's identity: another key is another log. */
const LOG_PURPOSE = 'evidence-log';
/** Signs the leaf of each statement: who submitted it. */
const SUBMIT_PURPOSE = 'evidence-submit';

export type LogKeys = {
  readonly origin: string;
  readonly signers: LogSigners;
  /** Under which checkpoints are verified. */
  readonly logKey: NoteKey;
  readonly sm2Key: NoteKey;
};

const ED25519_BYTES = 32;

async function ed25519(vault: KeyVault, purpose: string): Promise<Ed25519Signer> {
  return signerOf(vault, (await vault.ensure(purpose, 'Ed25519')).id);
}

function signerOf(vault: KeyVault, id: string): Ed25519Signer {
  // RFC 8410: the key itself ends its SubjectPublicKeyInfo.
  const publicKey = vault.publicKey(id).slice(-ED25519_BYTES);
  return { publicKey, sign: (message) => vault.sign(id, message) };
}

type LogKeyIds = { readonly log: string; readonly sm2: string };

function logKeysOf(vault: KeyVault, ids: LogKeyIds): LogKeys {
  const log = signerOf(vault, ids.log);
  const sm2 = {
    publicKey: vault.publicKey(ids.sm2),
    sign: (message: Uint8Array) => vault.sign(ids.sm2, message),
  };
  const origin = sigsumOrigin(log.publicKey);
  return {
    origin,
    signers: { log, sm2 },
    logKey: noteKey('ed25519', origin, log.publicKey),
    sm2Key: sm2NoteKey(origin, sm2.publicKey),
  };
}

export async function openLogKeys(vault: KeyVault): Promise<LogKeys> {
  const log = (await vault.ensure(LOG_PURPOSE, 'Ed25519')).id;
  return logKeysOf(vault, { log, sm2: (await vault.ensure(LOG_PURPOSE, 'SM2')).id });
}

/** Makes the keys of the log that is to come, when there are none yet. */
export async function prepareLogKeys(vault: KeyVault): Promise<LogKeys> {
  const log = (await vault.prepare(LOG_PURPOSE, 'Ed25519')).id;
  return logKeysOf(vault, { log, sm2: (await vault.prepare(LOG_PURPOSE, 'SM2')).id });
}

/** Origin of the log that is to come; undefined when its key was not made, or is the current one already. */
export function preparedOrigin(vault: KeyVault): string | undefined {
  const next = nextKey(vault, 'Ed25519');
  return next && sigsumOrigin(signerOf(vault, next.id).publicKey);
}

/** Puts the prepared keys in their places. The log's own is the last: broken off before it, the former log still counts. */
export async function changeLogKeys(vault: KeyVault): Promise<void> {
  for (const algorithm of ['SM2', 'Ed25519'] as const)
    if (nextKey(vault, algorithm) !== undefined) await vault.rotate(LOG_PURPOSE, algorithm);
}

const nextKey = (vault: KeyVault, algorithm: KeyAlgorithm) =>
  vault.list(LOG_PURPOSE).find((key) => key.state === 'next' && key.algorithm === algorithm);

/** Every server submits under the same key: it says "this installation", not which machine. */
export const openSubmitKey = (vault: KeyVault): Promise<Ed25519Signer> => ed25519(vault, SUBMIT_PURPOSE);

/** Takes another key for the leaves from now on. */
export async function rotateSubmitKey(vault: KeyVault): Promise<void> {
  await vault.rotate(SUBMIT_PURPOSE, 'Ed25519');
}

/** Public keys under which statements were submitted, the retired ones too: what they signed stays theirs. */
export const submitKeys = (vault: KeyVault): Uint8Array[] =>
  vault.list(SUBMIT_PURPOSE).map(({ id }) => vault.publicKey(id).slice(-ED25519_BYTES));
