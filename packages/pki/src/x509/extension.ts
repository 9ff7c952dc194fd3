import { type DerReader, readDer, TAG } from '@hufu/gm';
import { CodedError } from '@hufu/kernel';
import { type PkiErrorCode, pkiError } from '../errors.ts';
import type { Extension } from './model.ts';

function readExtension(reader: DerReader): Extension {
  return reader.within(TAG.sequence, (extension) => {
    const oid = extension.oid();
    // An encoded DEFAULT FALSE breaks X.690 §11.5, but CAs write it; it changes no meaning, so it is read.
    const critical = extension.optional(TAG.boolean, (flag) => flag.boolean()) ?? false;
    return { oid, critical, value: extension.octetString() };
  });
}

/** Extensions (RFC 5280 §4.2): at least one, none twice. `code` is raised for both. @throws DER_* */
export function readExtensions(
  reader: DerReader,
  codes: { readonly malformed: PkiErrorCode; readonly duplicate: PkiErrorCode },
): ReadonlyMap<string, Extension> {
  const list = reader.sequence();
  const extensions = new Map<string, Extension>();
  while (!list.done) {
    const extension = readExtension(list);
    if (extensions.has(extension.oid)) throw pkiError(codes.duplicate, { oid: extension.oid });
    extensions.set(extension.oid, extension);
  }
  if (extensions.size === 0) throw pkiError(codes.malformed, { empty: true });
  return extensions;
}

/** Decodes one extension's value whole, if it is there; whatever is wrong inside is raised as `code` with its OID. */
export function decodeExtension<T>(
  extensions: ReadonlyMap<string, Extension>,
  oid: string,
  options: { readonly code: PkiErrorCode; readonly read: (reader: DerReader) => T },
): T | undefined {
  const extension = extensions.get(oid);
  if (extension === undefined) return undefined;
  try {
    return readDer(extension.value, options.read);
  } catch (cause) {
    if (cause instanceof CodedError) throw pkiError(options.code, { oid, cause: cause.code }, cause);
    throw cause;
  }
}
