import { decodeSpki } from '@hufu/gm';
import { concatBytes, equalBytes, fromHex, toBase64, toHex, utf8 } from '@hufu/kernel';
import { sha256 } from '@noble/hashes/sha2.js';
import { ledgerError } from '../errors.ts';
import { decodeStrictBase64 } from '../json/base64.ts';

/**
 * How a key signs notes (c2sp.org/signed-note, "Signature types"): `ed25519` 0x01, `cosignature` 0x04 (timestamped
 * Ed25519), `sm2` 0xff with an identifier of our own, since SM2 has none assigned.
 */
export type NoteKeyKind = 'ed25519' | 'cosignature' | 'sm2';

/** A public key under the name by which its signature lines are found. */
export type NoteKey = {
  readonly name: string;
  readonly kind: NoteKeyKind;
  /** Ed25519: 32 bytes. SM2: 04 ‖ x ‖ y. */
  readonly publicKey: Uint8Array;
  /** 4 bytes. */
  readonly keyId: Uint8Array;
};

/** What stands before the key material, in the key ID and in a vkey. */
const TYPES: Readonly<Record<NoteKeyKind, Uint8Array>> = {
  ed25519: Uint8Array.of(0x01),
  cosignature: Uint8Array.of(0x04),
  sm2: concatBytes(Uint8Array.of(0xff), utf8('hufu sm2-sm3 v1\n')),
};

const KEY_BYTES: Readonly<Record<NoteKeyKind, number>> = { ed25519: 32, cosignature: 32, sm2: 65 };

const KINDS = Object.keys(TYPES) as NoteKeyKind[];

const MAX_NAME = 255;

/** Non-empty, no Unicode space, no plus, no control character (c2sp.org/signed-note, "Format"). */
export const isKeyName = (name: string): boolean =>
  name.length > 0 && name.length <= MAX_NAME && !/[\s+\p{Cc}\p{Z}\p{Surrogate}]/u.test(name);

/** @param publicKey as in `NoteKey` @throws LEDGER_KEY_NAME, LEDGER_KEY */
export function noteKey(kind: NoteKeyKind, name: string, publicKey: Uint8Array): NoteKey {
  if (!isKeyName(name)) throw ledgerError('LEDGER_KEY_NAME');
  if (publicKey.length !== KEY_BYTES[kind] || (kind === 'sm2' && publicKey[0] !== 4))
    throw ledgerError('LEDGER_KEY');
  const keyId = sha256(concatBytes(utf8(`${name}\n`), TYPES[kind], publicKey)).slice(0, 4);
  return { name, kind, publicKey, keyId };
}

/** The SM2 key that signs a log's checkpoints beside its Ed25519 key: its name is `<origin>/sm2`. @param spki DER */
export function sm2NoteKey(origin: string, spki: Uint8Array): NoteKey {
  const key = decodeSpki(spki);
  if (key.kind !== 'sm2') throw ledgerError('LEDGER_KEY');
  return noteKey('sm2', `${origin}/sm2`, key.publicKey);
}

/** `<name>+<hex key ID>+<base64(type ‖ key)>`. */
export const formatVkey = ({ name, kind, publicKey, keyId }: NoteKey): string =>
  `${name}+${toHex(keyId)}+${toBase64(concatBytes(TYPES[kind], publicKey))}`;

const VKEY = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/;
const MAX_VKEY = 1024;

const startsWith = (bytes: Uint8Array, prefix: Uint8Array): boolean =>
  equalBytes(bytes.subarray(0, prefix.length), prefix);

function decodeKey(name: string, material: Uint8Array): NoteKey {
  const kind = KINDS.find((one) => startsWith(material, TYPES[one]));
  if (kind === undefined) throw ledgerError('LEDGER_KEY');
  return noteKey(kind, name, material.slice(TYPES[kind].length));
}

/** @throws LEDGER_KEY, LEDGER_KEY_NAME */
export function parseVkey(text: string): NoteKey {
  const match = text.length > MAX_VKEY ? null : VKEY.exec(text);
  if (match === null) throw ledgerError('LEDGER_KEY');
  const [, name, keyId, material] = match as unknown as readonly [string, string, string, string];
  const bytes = decodeStrictBase64(material);
  const key = bytes === undefined ? undefined : decodeKey(name, bytes);
  if (key === undefined || !equalBytes(key.keyId, fromHex(keyId))) throw ledgerError('LEDGER_KEY');
  return key;
}

/** The origin of a Sigsum log, which is its name in checkpoints: `sigsum.org/v1/tree/<hex SHA-256 of its key>`. */
export const sigsumOrigin = (publicKey: Uint8Array): string =>
  `sigsum.org/v1/tree/${toHex(sha256(publicKey))}`;
