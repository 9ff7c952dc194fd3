import { contextTag, readDer, TAG } from '@hufu/gm';
import { CodedError } from '@hufu/kernel';
import { type Certificate, type Crl, parseCertificate, parseCrl } from '@hufu/pki';
import { isPdfStream, type PdfDict, type PdfValue } from '../pdf/values.ts';
import type { PdfView } from '../pdf/view.ts';

/** What may speak about certificates: all of it hostile until its signatures hold. */
export type Evidence = {
  readonly certificates: readonly Certificate[];
  readonly crls: readonly Crl[];
  /** OCSPResponse, DER. */
  readonly ocspResponses: readonly Uint8Array[];
};

export const NO_EVIDENCE: Evidence = { certificates: [], crls: [], ocspResponses: [] };

/** Items of one kind that are read from a document; honest ones hold a few dozen. */
const MAX_ITEMS = 256;

/** The result, or undefined when the bytes are not what they should be. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CodedError && error.code !== 'PDF_LIMIT') return undefined;
    throw error;
  }
}

export const joinEvidence = (parts: readonly Evidence[]): Evidence => ({
  certificates: parts.flatMap(({ certificates }) => certificates),
  crls: parts.flatMap(({ crls }) => crls),
  ocspResponses: parts.flatMap(({ ocspResponses }) => ocspResponses),
});

function streamsIn(view: PdfView, dict: PdfDict | undefined, key: string): readonly Uint8Array[] {
  const items = view.getArray(dict, key)?.items ?? [];
  return items.slice(0, MAX_ITEMS).flatMap((item: PdfValue) => {
    const stream = attempt(() => view.resolve(item));
    const data = isPdfStream(stream) ? attempt(() => view.decode(stream)) : undefined;
    return data === undefined ? [] : [data];
  });
}

/** The document security store of a revision (ISO 32000-2 §12.8.4.3; ETSI EN 319 142-1 §5.4.2). */
export function documentEvidence(view: PdfView): Evidence {
  const dss = attempt(() => view.getDict(view.root, 'DSS'));
  if (dss === undefined) return NO_EVIDENCE;
  return {
    certificates: streamsIn(view, dss, 'Certs').flatMap((der) => attempt(() => parseCertificate(der)) ?? []),
    crls: streamsIn(view, dss, 'CRLs').flatMap((der) => attempt(() => parseCrl(der)) ?? []),
    ocspResponses: streamsIn(view, dss, 'OCSPs'),
  };
}

/** adbe-revocationInfoArchival (ISO 32000-2 §12.8.3.3.2): what a signer sent along inside the signature. */
export const REVOCATION_ARCHIVAL_OID = '1.2.840.113583.1.1.8';

export function archivedEvidence(value: Uint8Array | undefined): Evidence {
  if (value === undefined) return NO_EVIDENCE;
  const parts = attempt(() =>
    readDer(value, (reader) =>
      reader.within(TAG.sequence, (inner) => {
        const list = (tag: number): Uint8Array[] => {
          const found: Uint8Array[] = [];
          if (inner.peek() !== contextTag(tag)) return found;
          const items = inner.enter(contextTag(tag)).enter(TAG.sequence);
          while (!items.done && found.length < MAX_ITEMS) found.push(items.element());
          return found;
        };
        const [crls, ocspResponses] = [list(0), list(1)];
        while (!inner.done) inner.next();
        return { crls, ocspResponses };
      }),
    ),
  );
  if (parts === undefined) return NO_EVIDENCE;
  const crls = parts.crls.flatMap((der) => attempt(() => parseCrl(der)) ?? []);
  return { certificates: [], crls, ocspResponses: parts.ocspResponses };
}
