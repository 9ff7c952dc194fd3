import { type DerReader, derOctetString } from '@hufu/gm';
import { buildExtension } from '../build/extensions.ts';
import { type PkiErrorCode, pkiError } from '../errors.ts';
import { decodeExtension, readExtensions } from '../x509/extension.ts';
import type { Extension } from '../x509/model.ts';
import { EXTENSION_OID } from '../x509/oids.ts';

const MAX_NONCE_OCTETS = 128;
const NONE: ReadonlyMap<string, Extension> = new Map();

/** Extensions under an explicit tag, if they are there. */
export function readTaggedExtensions(
  reader: DerReader,
  options: { readonly tag: number; readonly code: PkiErrorCode },
): ReadonlyMap<string, Extension> {
  const { tag, code } = options;
  const codes = { malformed: code, duplicate: code };
  return reader.optional(tag, (r) => r.within(tag, (inner) => readExtensions(inner, codes))) ?? NONE;
}

/** Nonce (RFC 8954): 1 to 32 octets by the standard; up to 128 are read, because older clients send them. */
export function nonceOf(
  extensions: ReadonlyMap<string, Extension>,
  code: PkiErrorCode,
): Uint8Array | undefined {
  const read = (reader: DerReader): Uint8Array => {
    const nonce = reader.octetString();
    if (nonce.length === 0 || nonce.length > MAX_NONCE_OCTETS) throw pkiError(code, { of: 'nonce' });
    return nonce;
  };
  return decodeExtension(extensions, EXTENSION_OID.ocspNonce, { code, read });
}

/** The nonce extension, encoded. */
export const buildNonce = (nonce: Uint8Array): Uint8Array =>
  buildExtension({ oid: EXTENSION_OID.ocspNonce, value: derOctetString(nonce) });
