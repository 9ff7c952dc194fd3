import { toBase64, utf8 } from '@hufu/kernel';
import type { LedgerCrypto } from '../crypto/model.ts';
import { ledgerError } from '../errors.ts';
import { decodeStrictBase64 } from '../json/base64.ts';
import { HASH_BYTES } from '../tree/hasher.ts';
import { assertSize, isSize } from '../tree/sizes.ts';
import type { TreeHead } from '../tree/verify.ts';
import type { NoteKey } from './key.ts';
import { parseNote, type SignedNote, signaturesOf } from './note.ts';

/** What a log states of its tree (c2sp.org/tlog-checkpoint). Extension lines are refused: witnesses refuse them too. */
export type Checkpoint = TreeHead & { readonly origin: string };

/** A checkpoint with the note that it came in. Unverified. */
export type SignedCheckpoint = Checkpoint & { readonly note: SignedNote };

/** The text that the log and its witnesses sign. @throws LEDGER_SIZE, LEDGER_HASH */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  if (root.length !== HASH_BYTES) throw ledgerError('LEDGER_HASH');
  return `${origin}\n${assertSize(size)}\n${toBase64(root)}\n`;
}

function parseSize(text: string): number {
  const size = /^(?:0|[1-9]\d{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (!isSize(size)) throw ledgerError('LEDGER_CHECKPOINT');
  return size;
}

/** The body of a checkpoint. @throws LEDGER_CHECKPOINT */
export function parseCheckpointText(text: string): Checkpoint {
  const lines = text.split('\n');
  const [origin = '', size = '', root = '', end] = lines;
  const bytes = decodeStrictBase64(root);
  const whole = lines.length === 4 && end === '' && origin !== '' && bytes?.length === HASH_BYTES;
  if (!whole) throw ledgerError('LEDGER_CHECKPOINT');
  return { origin, size: parseSize(size), root: bytes };
}

/** A published checkpoint, with its signatures unverified. @throws LEDGER_NOTE, LEDGER_NOTE_LIMIT, LEDGER_CHECKPOINT */
export function parseCheckpoint(note: string): SignedCheckpoint {
  const parsed = parseNote(note);
  return { ...parseCheckpointText(parsed.text), note: parsed };
}

/** `absent`: no signature claims to be of this key. `wrong`: one does and fails, or the key is of another kind. */
export type NoteVerdict = { readonly state: 'valid' } | { readonly state: 'absent' | 'wrong' };

async function verifyOne(
  message: Uint8Array,
  [key, signature]: readonly [NoteKey, Uint8Array],
  crypto: LedgerCrypto,
): Promise<boolean> {
  const check = { publicKey: key.publicKey, message, signature };
  if (key.kind === 'ed25519') return crypto.verifyEd25519(check);
  return key.kind === 'sm2' && crypto.verifySm2(check);
}

/**
 * Whether a key signed the note's text: the log's own key, or its SM2 key. Every signature that claims to be of the
 * key must verify (c2sp.org/signed-note, "Signatures"). Witnesses: `verifyCosignatures`.
 */
export async function verifyNote(note: SignedNote, key: NoteKey, crypto: LedgerCrypto): Promise<NoteVerdict> {
  const claimed = signaturesOf(note, key);
  if (claimed.length === 0) return { state: 'absent' };
  const message = utf8(note.text);
  for (const { signature } of claimed)
    if (!(await verifyOne(message, [key, signature], crypto))) return { state: 'wrong' };
  return { state: 'valid' };
}
