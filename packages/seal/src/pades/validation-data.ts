import { equalBytes, toHex } from '@hufu/kernel';
import { digest } from '@hufu/pki';
import { zlibSync } from 'fflate';
import { PdfUpdate } from '../append/pdf-update.ts';
import { sealError } from '../errors.ts';
import { formFieldsOf } from '../pdf/form-fields.ts';
import { openPdf } from '../pdf/open-pdf.ts';
import {
  isPdfDict,
  isPdfRef,
  isPdfStream,
  isPdfString,
  type PdfDict,
  type PdfRef,
  type PdfValue,
  pdfArray,
  pdfDict,
  pdfName,
} from '../pdf/values.ts';

/** What is needed to validate signatures later, without asking anyone: all DER. */
export type ValidationData = {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  /** OCSPResponse, whole. */
  readonly ocspResponses: readonly Uint8Array[];
  /** Names of signature fields that it is for: each gets its entry under /VRI. */
  readonly fields?: readonly string[];
};

/** /DSS lists by what they hold, and the names of the same under /VRI (ISO 32000-2 §12.8.4.3, Tables 261 and 262). */
const LISTS = [
  ['certificates', 'Certs', 'Cert'],
  ['crls', 'CRLs', 'CRL'],
  ['ocspResponses', 'OCSPs', 'OCSP'],
] as const;

type Kind = (typeof LISTS)[number][0];

function listed(update: PdfUpdate, dss: PdfDict | undefined, key: string): PdfValue[] {
  return [...(update.file.latest.getArray(dss, key)?.items ?? [])];
}

/** References to these items, in order; what the list already holds is not written twice. */
function store(update: PdfUpdate, list: PdfValue[], items: readonly Uint8Array[]): PdfRef[] {
  const view = update.file.latest;
  const known = list.flatMap((ref) => {
    const stream = view.resolve(ref);
    return isPdfRef(ref) && isPdfStream(stream) ? [{ ref, data: view.decode(stream) }] : [];
  });
  return items.map((item) => {
    const same = known.find(({ data }) => equalBytes(data, item));
    if (same !== undefined) return same.ref;
    const dict = pdfDict({ Filter: pdfName('FlateDecode') });
    const ref = update.add({ kind: 'stream', dict, data: zlibSync(item) });
    known.push({ ref, data: item });
    list.push(ref);
    return ref;
  });
}

/** Name of a signature's entry under /VRI: SHA-1 of its /Contents, padding included. The format fixes SHA-1; it is a name. */
function vriName(update: PdfUpdate, field: string): string {
  const view = update.file.latest;
  const found = formFieldsOf(view).find(({ name, type }) => name === field && type === 'Sig');
  const signature = view.resolve(found?.value);
  const contents = isPdfDict(signature) ? view.get(signature, 'Contents') : null;
  if (!isPdfString(contents)) throw sealError('SEALING_FIELD');
  return toHex(digest('sha1', contents.bytes)).toUpperCase();
}

function withVri(
  update: PdfUpdate,
  dss: PdfDict | undefined,
  { fields, refs }: { fields: readonly string[]; refs: Readonly<Record<Kind, readonly PdfRef[]>> },
): PdfDict {
  const entries = new Map(update.file.latest.getDict(dss, 'VRI')?.entries);
  for (const field of fields) {
    const lists = LISTS.filter(([kind]) => refs[kind].length > 0);
    entries.set(
      vriName(update, field),
      pdfDict(Object.fromEntries(lists.map(([kind, , name]) => [name, pdfArray(refs[kind])]))),
    );
  }
  return pdfDict(entries);
}

/**
 * Appends validation data (PAdES B-LT, ETSI EN 319 142-1 §5.4.2): the bytes to append. What the document's security
 * store already holds stays and is not repeated.
 * @throws SEALING_FIELD, SEALING_ENCRYPTED, PDF_*
 */
export function addValidationData(pdf: Uint8Array, data: ValidationData): Uint8Array {
  const update = new PdfUpdate(openPdf(pdf));
  const view = update.file.latest;
  const { root } = view;
  const known = root.entries.get('DSS');
  const dss = view.getDict(root, 'DSS');
  const entries = new Map<string, PdfValue>([...(dss?.entries ?? []), ['Type', pdfName('DSS')]]);
  const refs = Object.fromEntries(
    LISTS.map(([kind, key]) => {
      const list = listed(update, dss, key);
      const stored = store(update, list, data[kind]);
      if (list.length > 0) entries.set(key, pdfArray(list));
      return [kind, stored];
    }),
  ) as Record<Kind, PdfRef[]>;
  const { fields = [] } = data;
  if (fields.length > 0) entries.set('VRI', withVri(update, dss, { fields, refs }));
  if (isPdfRef(known) && dss !== undefined) update.set(known, pdfDict(entries));
  else {
    const ref = update.add(pdfDict(entries));
    update.set(update.rootRef, pdfDict(new Map<string, PdfValue>([...root.entries, ['DSS', ref]])));
  }
  return update.build().tail;
}
