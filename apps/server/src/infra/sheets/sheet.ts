/** A cell as it was read: its text, and what kind of content it stood for. */
export type Cell = {
  readonly text: string;
  /** `inexact`: a number with more digits than a spreadsheet keeps; its last ones are lost. */
  readonly kind: 'text' | 'number' | 'inexact' | 'date' | 'boolean' | 'error';
};

export type SheetRow = {
  /** As the sheet counts, from 1. */
  readonly number: number;
  /** By column, from 0; what is empty is absent. */
  readonly cells: ReadonlyMap<number, Cell>;
};

/** The bytes of a file, from the beginning each time that it is called. */
export type SheetSource = () => AsyncIterable<Uint8Array>;

export type SheetLimits = {
  /** Rows that hold something, headings included. */
  readonly rows: number;
  readonly columns: number;
};

/** Longest text of a cell: Excel's own bound. */
export const LONGEST_CELL = 32_767;
