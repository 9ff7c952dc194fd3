import { CodedError } from '@hufu/kernel';

/** One complaint about one place of what was sent, in both languages. */
export type Complaint = {
  /** E.g. `accountNo`, `rows.2.date`. */
  readonly path: string;
  readonly code: string;
  readonly says: { readonly zh: string; readonly en: string };
};

/** A refusal that says of each field what is wrong with it. */
export class ListedError extends CodedError {
  readonly complaints: readonly Complaint[];

  constructor(code: string, complaints: readonly Complaint[]) {
    super(code);
    this.complaints = complaints;
  }
}
