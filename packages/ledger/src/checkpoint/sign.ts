import { utf8 } from '@hufu/kernel';
import type { Ed25519Signer, Sm2Signer } from '../crypto/model.ts';
import { type Checkpoint, checkpointText } from './checkpoint.ts';
import { noteKey, sigsumOrigin, sm2NoteKey } from './key.ts';
import { formatNote, type NoteSignature } from './note.ts';

export type LogSigners = {
  readonly log: Ed25519Signer;
  /** Signs beside it, for readers who ask for the commercial algorithms of GB/T 32918. */
  readonly sm2?: Sm2Signer;
};

async function signSm2(text: string, origin: string, signer: Sm2Signer): Promise<NoteSignature> {
  const { name, keyId } = sm2NoteKey(origin, signer.publicKey);
  return { name, keyId, signature: await signer.sign(utf8(text)) };
}

/**
 * Signs a checkpoint of the Sigsum log whose key this is; the note carries no time, so signing again makes the same
 * Ed25519 line. The SM2 line stands under a name of its own: witnesses refuse a second signature under the log's.
 * @throws LEDGER_SIZE, LEDGER_HASH, LEDGER_KEY
 */
export async function signCheckpoint(head: Omit<Checkpoint, 'origin'>, signers: LogSigners): Promise<string> {
  const { publicKey } = signers.log;
  const origin = sigsumOrigin(publicKey);
  const text = checkpointText({ ...head, origin });
  const { name, keyId } = noteKey('ed25519', origin, publicKey);
  const signatures = [{ name, keyId, signature: await signers.log.sign(utf8(text)) }];
  if (signers.sm2 !== undefined) signatures.push(await signSm2(text, origin, signers.sm2));
  return formatNote({ text, signatures });
}
