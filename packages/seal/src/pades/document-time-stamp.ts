import type { CryptoEngine } from '@hufu/pki';
import { PdfUpdate } from '../append/pdf-update.ts';
import { fillSlot, openSlot, type SignatureSlot } from '../append/signature-slot.ts';
import type { DocumentDigest, StartDigest } from '../cms/document-digest.ts';
import { formFieldsOf } from '../pdf/form-fields.ts';
import { openPdf } from '../pdf/open-pdf.ts';
import { pagesOf } from '../pdf/pages.ts';
import { pdfName } from '../pdf/values.ts';
import { addSignatureField, freeFieldName } from './signature-field.ts';
import { SIGNATURE_HANDLERS } from './signature-format.ts';
import { assertImprint } from './time-stamp-check.ts';

export type DocumentTimeStampSpec = {
  /** Of the imprint: what the authority takes. */
  readonly digest: DocumentDigest;
  /** Octets kept for the token; 12,288 when absent. */
  readonly room?: number;
};

const DEFAULT_ROOM = 12_288;

/**
 * First phase of a document time-stamp (PAdES B-LTA, ETSI EN 319 142-1 §5.4.3): `documentDigest` is the imprint to ask
 * for. A certification does not stand against it (ISO 32000-2 §12.8.2.2).
 * @throws SEALING_ENCRYPTED, PDF_*
 */
export function prepareDocumentTimeStamp(
  pdf: Uint8Array,
  spec: DocumentTimeStampSpec,
  start: StartDigest,
): SignatureSlot {
  const update = new PdfUpdate(openPdf(pdf));
  const view = update.file.latest;
  const signature = update.allocate();
  const root = addSignatureField(update, {
    name: freeFieldName(formFieldsOf(view), 'TimeStamp'),
    label: '文档时间戳',
    signature,
    places: [],
    appearances: undefined,
    pages: pagesOf(view),
  });
  if (root !== undefined) update.set(update.rootRef, root);
  const { filter, subFilter } = SIGNATURE_HANDLERS.documentTimeStamp;
  const entries = new Map([
    ['Type', pdfName('DocTimeStamp')],
    ['Filter', pdfName(filter)],
    ['SubFilter', pdfName(subFilter)],
  ]);
  const { digest: digestAlgorithm, room = DEFAULT_ROOM } = spec;
  return openSlot(update, { ref: signature, entries, capacity: room, digestAlgorithm }, start);
}

/** Second phase: the bytes to append. @throws SEALING_TIME_STAMP when the token is not about this document */
export async function completeDocumentTimeStamp(
  slot: SignatureSlot,
  token: Uint8Array,
  engine: CryptoEngine,
): Promise<Uint8Array> {
  const imprint = { digest: slot.digestAlgorithm, hash: slot.documentDigest };
  await assertImprint(imprint, token, engine);
  return fillSlot(slot, token);
}
