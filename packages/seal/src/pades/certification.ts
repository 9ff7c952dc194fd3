import { sealError } from '../errors.ts';
import type { PdfField } from '../pdf/form-fields.ts';
import {
  isPdfDict,
  nameOf,
  type PdfArray,
  type PdfDict,
  type PdfRef,
  type PdfValue,
  pdfArray,
  pdfDict,
  pdfName,
} from '../pdf/values.ts';
import type { PdfView } from '../pdf/view.ts';
import { permissionsOf } from '../validate/changes/permissions.ts';

/** What a certification leaves open (ISO 32000-2 §12.8.2.2, Table 257): nothing, filling and signing, also annotations. */
export type DocMdpLevel = 1 | 2 | 3;

const DEFAULT_LEVEL: DocMdpLevel = 2;

/** The level of the document's certification; undefined when it is not certified. */
export function certificationOf(view: PdfView): DocMdpLevel | undefined {
  const signature = view.getDict(view.getDict(view.root, 'Perms'), 'DocMDP');
  if (signature === undefined) return undefined;
  for (const item of view.getArray(signature, 'Reference')?.items ?? []) {
    const reference = view.resolve(item);
    if (!isPdfDict(reference) || nameOf(view.get(reference, 'TransformMethod')) !== 'DocMDP') continue;
    const level = view.get(view.getDict(reference, 'TransformParams'), 'P');
    return level === 1 || level === 2 || level === 3 ? level : DEFAULT_LEVEL;
  }
  return DEFAULT_LEVEL;
}

/** /Reference of a certifying signature. */
export const docMdpReference = (level: DocMdpLevel): PdfArray =>
  pdfArray([
    pdfDict({
      Type: pdfName('SigRef'),
      TransformMethod: pdfName('DocMDP'),
      TransformParams: pdfDict({ Type: pdfName('TransformParams'), P: level, V: pdfName('1.2') }),
    }),
  ]);

/** The catalog with the certifying signature in it; other permissions that it has stay. */
export function withPermissions(view: PdfView, root: PdfDict, signature: PdfRef): PdfDict {
  const known = view.getDict(root, 'Perms')?.entries ?? [];
  const permissions = pdfDict(new Map<string, PdfValue>([...known, ['DocMDP', signature]]));
  return pdfDict(new Map<string, PdfValue>([...root.entries, ['Perms', permissions]]));
}

const isSigned = (view: PdfView, field: PdfField): boolean =>
  field.type === 'Sig' && isPdfDict(view.resolve(field.value));

export type WantedChange = {
  readonly certify: DocMdpLevel | undefined;
  /** Annotations beside the one of the signature field. */
  readonly stamps: number;
};

/** The strictest level that a certification or the lock of a signed field (Table 236) sets; undefined when none does. */
function strictestLevel(view: PdfView, signed: readonly PdfField[]): DocMdpLevel | undefined {
  const levels = signed.flatMap((field) => {
    const signature = view.resolve(field.value);
    const { certification, lock } = isPdfDict(signature)
      ? permissionsOf(view, signature, field.dict)
      : { certification: undefined, lock: undefined };
    return [certification, lock];
  });
  const set = [certificationOf(view), ...levels].filter((level) => level !== undefined);
  return set.length === 0 ? undefined : (Math.min(...set) as DocMdpLevel);
}

/**
 * What an earlier signature forbids is not even begun.
 * @throws SEALING_CERTIFY_FIRST, SEALING_CERTIFIED
 */
export function assertPermitted(view: PdfView, fields: readonly PdfField[], wanted: WantedChange): void {
  const signed = fields.filter((field) => isSigned(view, field));
  if (wanted.certify !== undefined && signed.length > 0) throw sealError('SEALING_CERTIFY_FIRST');
  const level = strictestLevel(view, signed);
  const forbidden = level === 1 || (level === 2 && wanted.stamps > 0);
  if (forbidden) throw sealError('SEALING_CERTIFIED', { level });
}
