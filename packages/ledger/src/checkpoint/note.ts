import { concatBytes, equalBytes, toBase64 } from '@hufu/kernel';
import { ledgerError } from '../errors.ts';
import { decodeStrictBase64 } from '../json/base64.ts';
import { isKeyName, type NoteKey } from './key.ts';

/** A signature line of a note. */
export type NoteSignature = {
  readonly name: string;
  /** 4 bytes. */
  readonly keyId: Uint8Array;
  /** What the key made, after the key ID. */
  readonly signature: Uint8Array;
};

/** A text and who signed it (c2sp.org/signed-note). Unverified until a known key's signature has been checked. */
export type SignedNote = {
  /** Ends in a newline: the bytes that are signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
};

const MAX_NOTE = 64 * 1024;
const MAX_SIGNATURES = 64;

/** — <name> <base64(key ID ‖ signature)>, with its newline. */
export const formatSignature = ({ name, keyId, signature }: NoteSignature): string =>
  `\u2014 ${name} ${toBase64(concatBytes(keyId, signature))}\n`;

export const formatNote = ({ text, signatures }: SignedNote): string =>
  `${text}\n${signatures.map(formatSignature).join('')}`;

/** One signature line, with or without its newline. @throws LEDGER_NOTE */
export function parseSignature(line: string): NoteSignature {
  const match = line.length > MAX_NOTE ? null : /^\u2014 (\S+) (\S+)\n?$/.exec(line);
  const [, name = '', encoded = ''] = match ?? [];
  const bytes = decodeStrictBase64(encoded);
  if (!isKeyName(name) || bytes === undefined || bytes.length < 5) throw ledgerError('LEDGER_NOTE');
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}

const hasControls = (text: string): boolean => /[^\n\P{Cc}]|\p{Surrogate}/u.test(text);

/** @throws LEDGER_NOTE_LIMIT above 64 KiB or 64 signatures, LEDGER_NOTE */
export function parseNote(note: string): SignedNote {
  if (note.length > MAX_NOTE) throw ledgerError('LEDGER_NOTE_LIMIT');
  const separator = note.lastIndexOf('\n\n');
  if (hasControls(note) || separator < 0 || !note.endsWith('\n')) throw ledgerError('LEDGER_NOTE');
  const lines = note.slice(separator + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw ledgerError('LEDGER_NOTE_LIMIT');
  return { text: note.slice(0, separator + 1), signatures: lines.map(parseSignature) };
}

/** The signatures that claim to be of this key: its name and its key ID (both are needed). */
export const signaturesOf = (note: SignedNote, key: NoteKey): NoteSignature[] =>
  note.signatures.filter((one) => one.name === key.name && equalBytes(one.keyId, key.keyId));
