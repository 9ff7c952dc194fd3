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
  const { id } = await vault.ensure(purpose, 'Ed25519' satisfies KeyAlgorithm);
  // RFC 8410: the key itself ends its SubjectPublicKeyInfo.
  const publicKey = vault.publicKey(id).slice(-ED25519_BYTES);
  return { publicKey, sign: (message) => vault.sign(id, message) };
}

export async function openLogKeys(vault: KeyVault): Promise<LogKeys> {
  const log = await ed25519(vault, LOG_PURPOSE);
  const { id } = await vault.ensure(LOG_PURPOSE, 'SM2');
  const sm2 = {
    publicKey: vault.publicKey(id),
    sign: (message: Uint8Array) => vault.sign(id, message),
  };
  const origin = sigsumOrigin(log.publicKey);
  return {
    origin,
    signers: { log, sm2 },
    logKey: noteKey('ed25519', origin, log.publicKey),
    sm2Key: sm2NoteKey(origin, sm2.publicKey),
  };
}

/** Every server submits under the same key: it says "this installation", not which machine. */
export const openSubmitKey = (vault: KeyVault): Promise<Ed25519Signer> => ed25519(vault, SUBMIT_PURPOSE);

/** Public keys under which statements were submitted, the retired ones too: what they signed stays theirs. */
export const submitKeys = (vault: KeyVault): Uint8Array[] =>
  vault.list(SUBMIT_PURPOSE).map(({ id }) => vault.publicKey(id).slice(-ED25519_BYTES));
