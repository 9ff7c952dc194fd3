import type { ChangeClass } from '../model.ts';
import type { ReasonCode } from '../reasons.ts';

/** One thing that a later revision did, with what it counts as. */
export type Change = {
  readonly class: Exclude<ChangeClass, 'none'>;
  readonly reason: ReasonCode;
  readonly path: string;
  /** Name of the form field that it is about, when it is about one. */
  readonly field?: string;
};

/** Reasons by class. What is not listed is of no class that anyone permits. */
const CLASS_OF: Readonly<Partial<Record<ReasonCode, Change['class']>>> = {
  DSS_CHANGED: 'extension',
  TIME_STAMP_ADDED: 'extension',
  METADATA_CHANGED: 'extension',
  UPDATE_WITHOUT_EFFECT: 'extension',
  SIGNATURE_ADDED: 'form',
  SIGNATURE_FIELD_ADDED: 'form',
  SIGNATURE_MAY_HIDE: 'form',
  FORM_CHANGED: 'form',
  FIELD_FILLED: 'form',
  FIELD_REFILLED: 'form',
  FIELD_MAY_HIDE: 'form',
  UNDECIDED_SIGNATURE_ADDED: 'form',
  APPEARANCES_REDRAWN: 'form',
  SEAL_STAMP_ADDED: 'annotation',
  ANNOTATION_ADDED: 'annotation',
  ANNOTATION_CHANGED: 'annotation',
  ANNOTATION_REMOVED: 'annotation',
  ANNOTATION_MAY_HIDE: 'annotation',
  ANNOTATION_MAY_REVEAL: 'annotation',
};

export const changeOf = (reason: ReasonCode, path: string, field?: string): Change => ({
  class: CLASS_OF[reason] ?? 'undefined',
  reason,
  path,
  ...(field === undefined ? {} : { field }),
});
