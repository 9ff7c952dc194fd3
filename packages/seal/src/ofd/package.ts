import { Inflate } from 'fflate';
import { crc32 } from '../crc32.ts';
import { sealError } from '../errors.ts';
import { DEFAULT_OFD_LIMITS, type OfdLimits } from './limits.ts';
import { readZipDirectory, type ZipEntry } from './zip-directory.ts';
import { foldName } from './zip-name.ts';

/** The files of an OFD document (GB/T 33190 §6: a ZIP container). */
export type OfdPackage = {
  /** Names of all files, without folders, in the order of the directory. */
  readonly names: readonly string[];
  readonly limits: OfdLimits;
  /** The file's name as stored; software in the field finds it in any case of letters. */
  resolve(name: string): string | undefined;
  /** Counts XML that is about to be parsed. @throws OFD_LIMIT beyond `xmlTotalBytes` */
  spendXml(bytes: number): void;
  /** Content of a file by its stored name. @throws OFD_ZIP when it is damaged or not as long as stated */
  read(name: string): Uint8Array;
};

/** Compressed octets that are fed at once: a bomb is noticed after at most 4 MB of output. */
const SLICE = 4096;

function inflate(data: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let at = 0;
  let ended = false;
  const inflater = new Inflate((part, final) => {
    if (at + part.length > size) throw sealError('OFD_ZIP');
    out.set(part, at);
    at += part.length;
    ended = final;
  });
  for (let from = 0; from === 0 || from < data.length; from += SLICE) {
    inflater.push(data.subarray(from, from + SLICE), from + SLICE >= data.length);
  }
  if (!ended || at !== size) throw sealError('OFD_ZIP');
  return out;
}

function extract(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const data = bytes.subarray(entry.dataStart, entry.dataEnd);
  try {
    const content = entry.stored ? data : inflate(data, entry.size);
    if (crc32(content) !== entry.crc) throw sealError('OFD_ZIP');
    return content;
  } catch (cause) {
    throw sealError('OFD_ZIP', {}, cause);
  }
}

/**
 * Opens the container without unpacking it; every file is unpacked when it is read, within the limits.
 * @throws OFD_ZIP, OFD_ZIP_UNSUPPORTED, OFD_NAME, OFD_DUPLICATE, OFD_LIMIT
 */
export function openOfdPackage(bytes: Uint8Array, limits: OfdLimits = DEFAULT_OFD_LIMITS): OfdPackage {
  const entries = readZipDirectory(bytes, limits).filter(({ name }) => !name.endsWith('/'));
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const byFolded = new Map(entries.map(({ name }) => [foldName(name), name]));
  let xmlLeft = limits.xmlTotalBytes;
  return {
    names: [...byName.keys()],
    limits,
    spendXml(bytes) {
      xmlLeft -= bytes;
      if (xmlLeft < 0) throw sealError('OFD_LIMIT', { limit: 'xmlTotalBytes' });
    },
    resolve: (name) => (byName.has(name) ? name : byFolded.get(foldName(name))),
    read(name) {
      const entry = byName.get(name);
      if (entry === undefined) throw sealError('OFD_STRUCTURE');
      return extract(bytes, entry);
    },
  };
}
