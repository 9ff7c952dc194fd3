/** How much an OFD file may ask for. Beyond it is OFD_LIMIT. */
export type OfdLimits = {
  /** Files and folders in the container. */
  readonly entries: number;
  /** Bytes of one file after decompression. */
  readonly entryBytes: number;
  /** Bytes of all files together after decompression. */
  readonly totalBytes: number;
  /** How many times its own length a container may unpack to, beyond `freeBytes`: XML stays well below, bombs do not. */
  readonly ratio: number;
  readonly freeBytes: number;
  /** Bytes of one XML file that is read for its structure. */
  readonly xmlBytes: number;
  /** Bytes of XML that are parsed in all. */
  readonly xmlTotalBytes: number;
  /** Elements of one XML file. */
  readonly xmlElements: number;
  readonly xmlDepth: number;
  readonly pages: number;
  readonly signatures: number;
};

const MEGABYTE = 1 << 20;

export const DEFAULT_OFD_LIMITS: OfdLimits = {
  entries: 20_000,
  entryBytes: 128 * MEGABYTE,
  totalBytes: 256 * MEGABYTE,
  ratio: 100,
  freeBytes: 16 * MEGABYTE,
  xmlBytes: 8 * MEGABYTE,
  xmlTotalBytes: 32 * MEGABYTE,
  xmlElements: 100_000,
  xmlDepth: 64,
  pages: 10_000,
  signatures: 200,
};
