import { pdfText } from '../../pdf/text.ts';
import { isPdfDict, isPdfString, nameOf, type PdfDict } from '../../pdf/values.ts';
import type { PdfView } from '../../pdf/view.ts';
import type { ReasonCode } from '../reasons.ts';
import type { Change } from './change.ts';

/** What a signature leaves open for later (ISO 32000-2 §12.8.2.2, §12.8.2.4). */
export type Permissions = {
  /** P of its DocMDP, when it certifies the document. */
  readonly certification: 1 | 2 | 3 | undefined;
  /** P of the lock of its field, when that states one. */
  readonly lock: 1 | 2 | 3 | undefined;
  /** Whether a form field may still be filled in. */
  locks(field: string): boolean;
};

type FieldRule = { readonly action: string | undefined; readonly fields: readonly string[] };

const levelOf = (value: unknown): 1 | 2 | 3 | undefined =>
  value === 1 || value === 2 || value === 3 ? value : undefined;

function fieldRule(view: PdfView, dict: PdfDict | undefined): FieldRule {
  const fields = (view.getArray(dict, 'Fields')?.items ?? []).flatMap((item) => {
    const name = view.resolve(item);
    return isPdfString(name) ? [pdfText(name.bytes)] : [];
  });
  return { action: nameOf(view.get(dict, 'Action')), fields };
}

function isLocked({ action, fields }: FieldRule, field: string): boolean {
  const named = fields.some((name) => field === name || field.startsWith(`${name}.`));
  return action === 'All' || (action === 'Include' && named) || (action === 'Exclude' && !named);
}

/** Reads what a signature dictionary and the lock of its field (Table 236) permit later. */
export function permissionsOf(view: PdfView, signature: PdfDict, field: PdfDict): Permissions {
  const references = (view.getArray(signature, 'Reference')?.items ?? []).map((item) => view.resolve(item));
  const transform = (method: string): PdfDict | undefined => {
    const found = references.find(
      (item) => isPdfDict(item) && nameOf(view.get(item, 'TransformMethod')) === method,
    );
    return isPdfDict(found) ? (view.getDict(found, 'TransformParams') ?? found) : undefined;
  };
  const certifies = transform('DocMDP');
  const lock = view.getDict(field, 'Lock');
  const rules = [transform('FieldMDP'), lock].map((dict) => fieldRule(view, dict));
  return {
    // Table 257: without P it is 2.
    certification: certifies && (levelOf(view.get(certifies, 'P')) ?? 2),
    lock: levelOf(view.get(lock, 'P')),
    locks: (name) => rules.some((rule) => isLocked(rule, name)),
  };
}

const PERMITTED: Readonly<Record<1 | 2 | 3, ReadonlySet<Change['class']>>> = {
  1: new Set(['extension']),
  2: new Set(['extension', 'form']),
  3: new Set(['extension', 'form', 'annotation']),
};

/** Why a change is not permitted, or undefined when it is. */
export function objectionTo(change: Change, permissions: Permissions): ReasonCode | undefined {
  const { certification, lock } = permissions;
  const level = Math.min(certification ?? 3, lock ?? 3) as 1 | 2 | 3;
  const restricted = certification !== undefined || lock !== undefined;
  const filled = change.reason === 'FIELD_FILLED' || change.reason === 'FIELD_REFILLED';
  if (filled && change.field !== undefined && permissions.locks(change.field)) return 'LOCKED_FIELD_CHANGED';
  // A seal on several places is one signature; only a certification counts its stamps as annotations.
  if (!restricted && change.reason === 'SEAL_STAMP_ADDED') return undefined;
  // Without a certification nobody permitted comments: signing and filling is all that a form is for.
  const classes = PERMITTED[restricted ? level : 2];
  return classes.has(change.class) ? undefined : change.reason;
}
