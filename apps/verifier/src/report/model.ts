import type { StepState } from '@hufu/ledger';
import type { Words } from './words.ts';

/** A line of a report. A value in one form for both languages is text; digests are set in a fixed-width face. */
export type ReportLine = {
  readonly label: Words;
  readonly value: Words | string;
  readonly fixed?: boolean;
  /** Colours a state; absent for plain facts. */
  readonly state?: StepState;
};

export type ReportSection = {
  readonly title: Words;
  readonly lines: readonly ReportLine[];
  readonly note?: Words;
};

/** What a reader is told of a verdict, in the order of a reader's questions. Knows no page and no terminal. */
export type Report = {
  readonly outcome: 'valid' | 'invalid' | 'indeterminate';
  readonly headline: Words;
  readonly summary: Words;
  readonly sections: readonly ReportSection[];
};
