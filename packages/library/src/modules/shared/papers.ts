import type { Condition, Field, Label, Requirement } from '../../engine/field.ts';
import { label } from './labels.ts';

/** Fields that papers of all kinds have, with the module's own words where they differ. */

type Own = {
  readonly name?: string;
  readonly label?: Label;
  readonly hint?: Label;
  readonly required?: Requirement;
};

export const issuer = (own: Own = {}): Field => ({
  kind: 'text',
  max: 100,
  name: 'issuer',
  label: label('发证机关', 'Issuing authority'),
  required: 'always',
  ...own,
});

export const issueDate = (own: Own = {}): Field => ({
  kind: 'date',
  notAfterToday: true,
  name: 'issueDate',
  label: label('发证日期', 'Date of issue'),
  required: 'always',
  ...own,
});

/** At least one file (OD-37 limits each). */
export const files = (own: Own = {}): Field => ({
  kind: 'files',
  min: 1,
  max: 20,
  name: 'file',
  label: label('证书电子件', 'Scanned certificate'),
  required: 'always',
  hint: label('PDF、JPG、PNG，每个不超过 20 MB', 'PDF, JPG or PNG, up to 20 MB each'),
  ...own,
});

export const someFiles = (own: Own & { readonly name: string; readonly label: Label }): Field => ({
  kind: 'files',
  max: 20,
  ...own,
});

export const IS_LONG_TERM: Condition = { field: 'longTerm', is: true };

export const longTerm: Field = {
  kind: 'boolean',
  name: 'longTerm',
  label: label('是否长期有效', 'Valid without end'),
  initial: false,
};

/** The last day; hidden where the paper holds without end. */
export const validTo = (own: Own = {}): Field => ({
  kind: 'date',
  name: 'validTo',
  label: label('有效期至', 'Valid until'),
  required: { when: { not: IS_LONG_TERM } },
  visible: { not: IS_LONG_TERM },
  ...own,
});
