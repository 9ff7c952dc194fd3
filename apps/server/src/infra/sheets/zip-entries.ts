import { unzipSync } from 'fflate';
import { infraError } from '../errors.ts';

/** A workbook has some dozens; a crafted one may have millions. */
const MOST_ENTRIES = 500;
/** Bytes of one part, inflated. A sheet of 10,000 rows and 60 columns has some 30 MB. */
const LARGEST_ENTRY = 96 * 1024 * 1024;
/** A part is XML: real ones shrink to a tenth, at most to a hundredth. */
const STEEPEST = 400;
const NAME = /^[\w\-. /()[\]]{1,200}$/;

/** Parts of a zip file, inflated one at a time, each within bounds that are known before a byte is inflated. */
export type ZipEntries = {
  readonly names: ReadonlySet<string>;
  /** @throws SHEET_FILE when it is missing or damaged, SHEET_TOO_LARGE */
  read(name: string): Uint8Array;
};

/** Hostile input enters here. @throws SHEET_FILE for what is not a plain zip file */
export function openZip(bytes: Uint8Array): ZipEntries {
  const names = new Set<string>();
  const list = (choose: (name: string, size: number, originalSize: number) => boolean) => {
    let seen = 0;
    return guarded(() =>
      unzipSync(bytes, {
        filter: ({ name, size, originalSize, compression }) => {
          seen += 1;
          if (seen > MOST_ENTRIES || !NAME.test(name)) throw infraError('SHEET_FILE');
          if (compression !== 0 && compression !== 8) throw infraError('SHEET_FILE');
          return choose(name, size, originalSize);
        },
      }),
    );
  };
  list((name) => {
    if (names.has(name)) throw infraError('SHEET_FILE');
    names.add(name);
    return false;
  });
  return {
    names,
    read(name) {
      if (!names.has(name)) throw infraError('SHEET_FILE');
      // The inflated length that a file claims is also all the memory that inflating it may fill.
      const found = list((one, size, originalSize) => {
        if (one !== name) return false;
        if (originalSize > LARGEST_ENTRY || originalSize > size * STEEPEST + 1024) {
          throw infraError('SHEET_TOO_LARGE');
        }
        return true;
      });
      return found[name] ?? refuse();
    },
  };
}

function refuse(): never {
  throw infraError('SHEET_FILE');
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SHEET_')) throw error;
    throw infraError('SHEET_FILE', {}, error);
  }
}
