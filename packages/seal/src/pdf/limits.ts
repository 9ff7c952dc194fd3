import { sealError } from '../errors.ts';

/**
 * Bounds on the work that one file can ask for. Honest files of a thousand pages need a tenth of each; a hostile one
 * runs into them in about a second.
 */
export type PdfLimits = {
  /** Nested arrays and dictionaries, indirection and inheritance. */
  readonly depth: number;
  /** Sections of the cross-reference chain. */
  readonly sections: number;
  /** Entries of all cross-reference sections together. */
  readonly entries: number;
  /** Values parsed, counted each time. */
  readonly values: number;
  /** Pages in the page tree. */
  readonly pages: number;
  /** Form fields and widgets. */
  readonly fields: number;
  /** Octets of one decoded stream. */
  readonly streamBytes: number;
  /** Octets of all decoded streams together. */
  readonly decodedBytes: number;
  /** Decoded octets per encoded octet. Deflate itself cannot pass 1032. */
  readonly inflateRatio: number;
};

export const DEFAULT_PDF_LIMITS: PdfLimits = {
  depth: 64,
  sections: 2000,
  entries: 1_000_000,
  values: 12_000_000,
  pages: 20_000,
  fields: 20_000,
  streamBytes: 64 << 20,
  decodedBytes: 256 << 20,
  inflateRatio: 400,
};

export type PdfBudgetKind = 'entries' | 'values' | 'decodedBytes';

/** What is left of the limits while one file is read. */
export type PdfBudget = {
  readonly limits: PdfLimits;
  /** @throws PDF_LIMIT */
  spend(kind: PdfBudgetKind, amount: number): void;
};

export function createPdfBudget(limits: PdfLimits): PdfBudget {
  const left = { entries: limits.entries, values: limits.values, decodedBytes: limits.decodedBytes };
  return {
    limits,
    spend(kind, amount) {
      left[kind] -= amount;
      if (left[kind] < 0) throw sealError('PDF_LIMIT', { limit: kind });
    },
  };
}
