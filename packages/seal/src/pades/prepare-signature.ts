import { type Certificate, digestOfSignature, documentAttributes, type SignatureAlgorithm } from '@hufu/pki';
import { PdfUpdate } from '../append/pdf-update.ts';
import { openSlot, type SignatureSlot } from '../append/signature-slot.ts';
import type { DocumentDigest, StartDigest } from '../cms/document-digest.ts';
import { signingAlgorithm } from '../cms/signing-key.ts';
import { sealError } from '../errors.ts';
import { formFieldsOf } from '../pdf/form-fields.ts';
import { openPdf } from '../pdf/open-pdf.ts';
import { type PdfPage, pagesOf } from '../pdf/pages.ts';
import { type PdfRef, type PdfValue, pdfName } from '../pdf/values.ts';
import { prepareSesSignature } from '../ses/build-signature.ts';
import { hashToSign } from '../ses/signature-algorithm.ts';
import { sealAppearances } from './appearance.ts';
import { assertPermitted, type DocMdpLevel, docMdpReference, withPermissions } from './certification.ts';
import type { PreparedSignature } from './prepared-signature.ts';
import { addSignatureField, freeFieldName } from './signature-field.ts';
import { formatFor, SIGNATURE_HANDLERS, type SignatureFormat } from './signature-format.ts';
import { pdfDate, pdfTextString } from './text-values.ts';
import { geometryOf, placesOf, type VisibleSeal } from './visible-seal.ts';

export type SignatureSpec = {
  /** The signer's, whose key signs: it is part of what is signed, so it is needed before the key is. */
  readonly certificate: Certificate;
  /** Certificates of its issuers, DER. */
  readonly chain?: readonly Uint8Array[];
  /** Milliseconds since the epoch; the signer's own claim of the time. */
  readonly at: number;
  readonly name?: string;
  readonly reason?: string;
  readonly location?: string;
  /** Absent for a signature that is not seen. */
  readonly visible?: VisibleSeal;
  /** Makes it the document's certification. */
  readonly certify?: DocMdpLevel;
  /** SESeal, DER: makes it a seal signature of GB/T 38540. */
  readonly electronicSeal?: Uint8Array;
  /** Octets kept for a time-stamp token; 12,288 when absent, which is more than any authority in use sends. */
  readonly timeStampRoom?: number;
};

/** propertyInfo of GB/T 38540: what the digest covers. */
const SES_PROPERTY = 'ByteRange';
const DEFAULT_TIME_STAMP_ROOM = 12_288;
/** Structure, attributes and an RSA-8192 signature; measured at 1.6 KB. */
const STRUCTURE_ROOM = 3072;

function capacityFor(spec: SignatureSpec): number {
  const { certificate, chain = [], electronicSeal, timeStampRoom = DEFAULT_TIME_STAMP_ROOM } = spec;
  const certificates = [certificate.der, ...chain].reduce((sum, der) => sum + der.length, 0);
  return STRUCTURE_ROOM + certificates + timeStampRoom + (electronicSeal?.length ?? 0);
}

function dictionaryEntries(spec: SignatureSpec, format: SignatureFormat): Map<string, PdfValue> {
  const { filter, subFilter } = SIGNATURE_HANDLERS[format];
  const entries = new Map<string, PdfValue>([
    ['Type', pdfName('Sig')],
    ['Filter', pdfName(filter)],
    ['SubFilter', pdfName(subFilter)],
    ['M', pdfDate(spec.at)],
  ]);
  const texts = { Name: spec.name, Reason: spec.reason, Location: spec.location };
  for (const [key, text] of Object.entries(texts)) {
    if (text !== undefined) entries.set(key, pdfTextString(text));
  }
  if (spec.certify !== undefined) entries.set('Reference', docMdpReference(spec.certify));
  return entries;
}

type Added = { readonly signature: PdfRef; readonly field: string };

function addField(update: PdfUpdate, spec: SignatureSpec): Added {
  const view = update.file.latest;
  // What such a form shows is computed by the reader and stands nowhere in the pages.
  if (view.get(view.root, 'NeedsRendering') === true) throw sealError('SEALING_DYNAMIC_FORM');
  const pages: readonly PdfPage[] = pagesOf(view);
  const fields = formFieldsOf(view);
  const appearances = spec.visible && sealAppearances(update, spec.visible);
  const geometries = pages.map((page) => geometryOf(view, page));
  const places = spec.visible ? placesOf(spec.visible, geometries, appearances?.captionRoom) : [];
  if (pages.length === 0 || (spec.visible !== undefined && places.length === 0)) {
    throw sealError('SEALING_PAGE', { pages: pages.length });
  }
  assertPermitted(view, fields, { certify: spec.certify, stamps: Math.max(0, places.length - 1) });
  const signature = update.allocate();
  const field = freeFieldName(fields, 'Seal');
  const label = spec.name === undefined ? '电子签章' : `电子签章：${spec.name}`;
  const root = addSignatureField(update, { name: field, label, signature, places, appearances, pages });
  if (spec.certify !== undefined)
    update.set(update.rootRef, withPermissions(view, root ?? view.root, signature));
  else if (root !== undefined) update.set(update.rootRef, root);
  return { signature, field };
}

type ToSign = Pick<PreparedSignature, 'message' | 'hash'>;

function toSign(spec: SignatureSpec, algorithm: SignatureAlgorithm, slot: SignatureSlot): ToSign {
  const { certificate, electronicSeal } = spec;
  if (electronicSeal !== undefined) {
    const { toSign: message, hash } = prepareSesSignature({
      seal: electronicSeal,
      signerCertificate: certificate.der,
      signedAt: spec.at,
      dataHash: slot.documentDigest,
      propertyInfo: SES_PROPERTY,
    });
    return { message, hash };
  }
  const dialect = algorithm === 'sm2-sm3' ? 'gm' : 'cades';
  const { documentDigest } = slot;
  const message = documentAttributes({ dialect, certificate, algorithm, documentDigest });
  return { message, hash: hashToSign(certificate.spki, message) };
}

/**
 * First phase: builds everything but the signature value, and the 32 bytes that leave for the key, wherever it is.
 * The bytes of `pdf` are read and hashed in place; only what will be appended is built.
 * @throws SEALING_*, SES_*, PDF_*
 */
export function prepareSignature(
  pdf: Uint8Array,
  spec: SignatureSpec,
  start: StartDigest,
): PreparedSignature {
  const { certificate, chain = [] } = spec;
  const algorithm = signingAlgorithm(certificate);
  const format = formatFor(algorithm, spec.electronicSeal && 'ses');
  const update = new PdfUpdate(openPdf(pdf));
  const { signature, field } = addField(update, spec);
  const slot = openSlot(
    update,
    {
      ref: signature,
      entries: dictionaryEntries(spec, format),
      capacity: capacityFor(spec),
      digestAlgorithm: digestOfSignature(algorithm) as DocumentDigest,
    },
    start,
  );
  return { ...slot, format, field, certificate: certificate.der, chain, ...toSign(spec, algorithm, slot) };
}
