import { CodedError } from '@hufu/kernel';
import type { OfdDocument } from './document.ts';
import { resolveLocation } from './location.ts';
import type { OfdPackage } from './package.ts';
import { type OfdSignatureEntry, type OfdSignatureFile, readSignatureFile } from './signature-file.ts';

/** The files of one signature, as far as they could be read. */
export type SignatureParts = {
  readonly entry: OfdSignatureEntry;
  readonly order: number;
  readonly document: OfdDocument;
  readonly documentIndex: number;
  /** Signature.xml; undefined when it is missing. */
  readonly bytes: Uint8Array | undefined;
  /** Its content; undefined when it is missing or malformed. */
  readonly file: OfdSignatureFile | undefined;
  /** Stored names. */
  readonly valuePath: string | undefined;
  readonly sealPath: string | undefined;
};

type Place = Pick<SignatureParts, 'entry' | 'order' | 'document' | 'documentIndex'>;

function tryRead(bytes: Uint8Array, pack: OfdPackage): OfdSignatureFile | undefined {
  try {
    return readSignatureFile(bytes, pack);
  } catch (error) {
    // Malformed is a verdict; too much is not, or every further signature would be too much again.
    if (error instanceof CodedError && error.code !== 'OFD_LIMIT') return undefined;
    throw error;
  }
}

/** Reads what belongs to one entry of the list of signatures. @throws OFD_ZIP when a file is damaged, OFD_LIMIT */
export function readSignatureParts(pack: OfdPackage, place: Place): SignatureParts {
  const { path } = place.entry;
  const bytes = path === undefined ? undefined : pack.read(path);
  const file = bytes && tryRead(bytes, pack);
  const locate = (location: string | undefined): string | undefined => {
    const name = location === undefined || path === undefined ? undefined : resolveLocation(location, path);
    return name === undefined ? undefined : pack.resolve(name);
  };
  return {
    ...place,
    bytes,
    file,
    valuePath: locate(file?.valueLocation),
    sealPath: locate(file?.sealLocation),
  };
}

/**
 * Files of one signature. What lies outside of its own folder is not taken for a part of it: a forged entry could
 * otherwise pass content off as its seal.
 */
function ownFiles({ entry, file, valuePath, sealPath }: SignatureParts): string[] {
  const { path } = entry;
  if (path === undefined || file === undefined) return [];
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const beside = [valuePath, sealPath].flatMap((name) => (name?.startsWith(folder) ? name : []));
  return [path, ...beside];
}

/** Stored names of all files that only serve the signing. */
export const signingNamesOf = (
  documents: readonly OfdDocument[],
  parts: readonly SignatureParts[],
): ReadonlySet<string> =>
  new Set([...documents.flatMap(({ signatureList }) => signatureList ?? []), ...parts.flatMap(ownFiles)]);
