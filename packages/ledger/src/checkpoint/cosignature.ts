import { concatBytes, utf8 } from '@hufu/kernel';
import type { Ed25519Signer, LedgerCrypto } from '../crypto/model.ts';
import { ledgerError } from '../errors.ts';
import { type NoteKey, noteKey } from './key.ts';
import { formatSignature, type NoteSignature, type SignedNote, signaturesOf } from './note.ts';

/** A witness's word: at that time this was the largest consistent tree that it had seen (c2sp.org/tlog-cosignature). */
export type Cosignature = {
  /** Seconds since the epoch. */
  readonly time: number;
  /** 64 bytes. */
  readonly signature: Uint8Array;
};

const TIME_BYTES = 8;
const SIGNATURE_BYTES = 64;

function assertSeconds(time: number): number {
  if (!Number.isSafeInteger(time) || time < 0) throw ledgerError('LEDGER_TIME');
  return time;
}

/** The message of cosignature/v1. @param time seconds @param text body of the checkpoint @throws LEDGER_TIME */
export const cosignedMessage = (time: number, text: string): Uint8Array =>
  utf8(`cosignature/v1\ntime ${assertSeconds(time)}\n${text}`);

function encodeTime(time: number): Uint8Array {
  const bytes = new Uint8Array(TIME_BYTES);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(time));
  return bytes;
}

/** Reads the bytes of a signature line. @throws LEDGER_COSIGNATURE, LEDGER_TIME beyond 2^53 seconds */
export function parseCosignature(bytes: Uint8Array): Cosignature {
  if (bytes.length !== TIME_BYTES + SIGNATURE_BYTES) throw ledgerError('LEDGER_COSIGNATURE');
  const time = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  return { time: assertSeconds(Number(time)), signature: bytes.slice(TIME_BYTES) };
}

export type CosignRequest = {
  /** Body of the checkpoint, ending in a newline. */
  readonly text: string;
  /** Name of the witness. */
  readonly name: string;
  /** Seconds since the epoch. */
  readonly time: number;
};

/** The signature line, with its newline, that a witness answers with. @throws LEDGER_KEY_NAME, LEDGER_TIME */
export async function cosign({ text, name, time }: CosignRequest, signer: Ed25519Signer): Promise<string> {
  const { keyId } = noteKey('cosignature', name, signer.publicKey);
  const signature = await signer.sign(cosignedMessage(time, text));
  return formatSignature({ name, keyId, signature: concatBytes(encodeTime(time), signature) });
}

export type CosignatureVerdict =
  | { readonly state: 'valid'; readonly cosignature: Cosignature }
  | { readonly state: 'absent' | 'wrong' };

async function verifyLine(
  text: string,
  [key, line]: readonly [NoteKey, NoteSignature],
  crypto: LedgerCrypto,
): Promise<Cosignature | undefined> {
  if (key.kind !== 'cosignature' || line.signature.length !== TIME_BYTES + SIGNATURE_BYTES) return undefined;
  const time = new DataView(line.signature.buffer, line.signature.byteOffset).getBigUint64(0);
  if (time > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  const cosignature = parseCosignature(line.signature);
  const message = cosignedMessage(cosignature.time, text);
  const { publicKey } = key;
  const good = await crypto.verifyEd25519({ publicKey, message, signature: cosignature.signature });
  return good ? cosignature : undefined;
}

/** Whether a witness cosigned the note. All its lines must verify; of several the earliest time counts. */
export async function verifyCosignature(
  note: SignedNote,
  key: NoteKey,
  crypto: LedgerCrypto,
): Promise<CosignatureVerdict> {
  let earliest: Cosignature | undefined;
  for (const line of signaturesOf(note, key)) {
    const cosignature = await verifyLine(note.text, [key, line], crypto);
    if (cosignature === undefined) return { state: 'wrong' };
    if (earliest === undefined || cosignature.time < earliest.time) earliest = cosignature;
  }
  return earliest === undefined ? { state: 'absent' } : { state: 'valid', cosignature: earliest };
}
