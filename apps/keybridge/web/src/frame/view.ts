import type { Language } from '../shared/language.ts';

/** What the assistant tells the frame about its operation. */
export type OperationView = {
  readonly origin: string;
  readonly title?: string;
  readonly act: string;
  readonly language: Language;
  readonly theme?: 'light' | 'dark';
  readonly holder: { readonly unitName: string; readonly issuer: string; readonly notAfter: string };
  readonly mediaNumber: string;
  readonly summary?: string;
  /** What is to be sealed. */
  readonly documents?: readonly { readonly title: string; readonly digest: string }[];
  readonly pin?: { readonly state: string; readonly attemptsLeft?: number };
  readonly state: 'waiting' | 'signing' | 'done' | 'failed';
  readonly failure?: { readonly code: string; readonly title: string; readonly titleEn: string };
};
