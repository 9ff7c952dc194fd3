import type { Option } from '../engine/field.ts';

/** A published list of codes, kept as data. */
export type CodeList = {
  readonly name: string;
  /** The standard or the authority, with its edition. */
  readonly source: string;
  /** The day of the edition that was taken over, YYYY-MM-DD. */
  readonly date: string;
  /** `parent`: the code above it, where the list is a tree. */
  readonly entries: readonly (Option & { readonly parent?: string })[];
};
