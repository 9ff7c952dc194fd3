import { concatBytes } from '@hufu/kernel';
import { anchorFromCertificate, buildCrl, createTrustStore, parseCrl } from '@hufu/pki';
import { PdfUpdate } from '../../../src/append/pdf-update.ts';
import {
  addValidationData,
  completeDocumentTimeStamp,
  type DocMdpLevel,
  isPdfDict,
  openPdf,
  pdfArray,
  pdfDict,
  pdfName,
  pdfRef,
  pdfString,
  prepareDocumentTimeStamp,
  type SealPlacement,
  type SignatureSpec,
  signPdf,
  type ValidationOptions,
  type ValidationReport,
  validatePdf,
} from '../../../src/index.ts';
import { nodeStartDigest as start } from '../../../src/node/index.ts';
import { engine, NOW, newHolder, newTimeStamper, type Party } from '../../support/parties.ts';
import { ringImage } from '../../support/pictures.ts';
import { rawPdf } from '../../support/raw-pdf.ts';

export type Holder = Party & { readonly root: Party };

const DAY = 86_400_000;

/** A current list of this authority; it revokes what is given. */
export const crlOf = async (
  { root }: Holder,
  revoked: readonly {
    certificate: Holder['certificate'];
    at: number;
    reason?: 'keyCompromise' | 'superseded';
  }[] = [],
  made: { readonly thisUpdate?: number; readonly nextUpdate?: number } = {},
): Promise<Uint8Array> =>
  buildCrl(
    {
      issuer: root.certificate.subject.der,
      thisUpdate: made.thisUpdate ?? NOW - DAY,
      nextUpdate: made.nextUpdate ?? NOW + DAY,
      crlNumber: 1n,
      authorityKeyIdentifier: root.certificate.subjectKeyIdentifier!,
      entries: revoked.map(({ certificate, at, reason }) => ({
        serial: certificate.serial,
        revokedAt: at,
        ...(reason && { reason }),
      })),
    },
    root.signer,
  );

export async function makeWorld() {
  const holder = await newHolder('p256');
  const partner = await newHolder('p256');
  const stranger = await newHolder('p256');
  const stamper = await newTimeStamper('p256');
  const roots = [holder.root, partner.root, stamper.root];
  const store = createTrustStore({
    engine,
    anchors: roots.map(({ certificate }) => anchorFromCertificate(certificate)),
    intermediates: [],
  });
  const stampCrl = await crlOf({ ...stamper, signer: stamper.root.signer });
  const lists = [await crlOf(holder), await crlOf(partner), stampCrl];
  return { holder, partner, stranger, stamper, store, lists };
}

export type World = Awaited<ReturnType<typeof makeWorld>>;

export const SEAL_AT_PAGE_1: SealPlacement = { kind: 'page', page: 0, x: 130, y: 220 };
export const SEAL_AT_PAGE_2: SealPlacement = { kind: 'page', page: 1, x: 130, y: 220 };

export type SignOptions = Partial<SignatureSpec> & {
  readonly who?: Holder;
  readonly places?: readonly SealPlacement[];
  readonly size?: number;
  readonly stamped?: boolean;
};

/** Signs as a person would: a seal of 40 mm on the first page unless other places are given. */
export async function sign(world: World, pdf: Uint8Array, options: SignOptions = {}): Promise<Uint8Array> {
  const { who = world.holder, places = [SEAL_AT_PAGE_1], size = 40, stamped = false, ...more } = options;
  const visible =
    places.length === 0
      ? {}
      : { visible: { image: ringImage(), width: size, height: size, placements: places } };
  const spec = {
    certificate: who.certificate,
    chain: [who.root.certificate.der],
    at: NOW,
    ...visible,
    ...more,
  };
  const tools = { signer: who.signer, engine, start, ...(stamped && { timeStamp: world.stamper.over }) };
  return concatBytes(pdf, await signPdf(pdf, spec, tools));
}

export async function stampDocument(world: World, pdf: Uint8Array): Promise<Uint8Array> {
  const slot = prepareDocumentTimeStamp(pdf, { digest: 'sha256' }, start);
  const token = await world.stamper.stamp('sha256', slot.documentDigest);
  return concatBytes(pdf, await completeDocumentTimeStamp(slot, token, engine));
}

export const addEvidence = (
  world: World,
  pdf: Uint8Array,
  crls: readonly Uint8Array[] = world.lists,
): Uint8Array =>
  concatBytes(
    pdf,
    addValidationData(pdf, {
      certificates: [world.holder.root.certificate.der, world.stamper.certificate.der],
      crls,
      ocspResponses: [],
    }),
  );

export const validate = (
  world: World,
  pdf: Uint8Array,
  options: Partial<ValidationOptions> = {},
): Promise<ValidationReport> =>
  validatePdf(pdf, {
    store: world.store,
    engine,
    now: NOW,
    start,
    crls: world.lists.map((der) => parseCrl(der)),
    ...options,
  });

/** Appends an incremental update, sound in form. */
export function update(pdf: Uint8Array, edit: (update: PdfUpdate) => void): Uint8Array {
  const made = new PdfUpdate(openPdf(pdf));
  edit(made);
  return concatBytes(pdf, made.build().tail);
}

/** A text field with a widget on the first page, and an empty signature field. */
export const FORM_FIELD = 100;
export const formPdf = (value = ''): Uint8Array =>
  rawPdf({
    pages: [{ extra: '/Annots[100 0 R]' }, {}],
    catalog: '/AcroForm<</Fields[100 0 R]/DA(/F1 0 Tf 0 g)>>',
    objects: [
      `<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)${value === '' ? '' : `/V(${value})`}/Rect[100 500 300 520]/F 4/P 10 0 R>>`,
    ],
  });

export const plainPdf = (xref: 'table' | 'stream' | 'hybrid' = 'table'): Uint8Array =>
  rawPdf({ xref, pages: [{}, {}, {}] });

export const certified = (world: World, level: DocMdpLevel, pdf = plainPdf()): Promise<Uint8Array> =>
  sign(world, pdf, { certify: level });

/** Every reason in the report, document and signatures. */
export const reasonsOf = (report: ValidationReport): readonly string[] => [
  ...new Set(
    [
      ...report.document.checks,
      ...report.signatures.flatMap(({ blocks }) => blocks.flatMap(({ checks }) => checks)),
    ]
      .filter(({ status }) => status === 'failed' || status === 'unknown')
      .flatMap(({ reason }) => reason ?? []),
  ),
];

const text = (value: string) => pdfString(new TextEncoder().encode(value), false);

/** Fills the text field as a reader does: a value and an appearance. */
export const fillField = (pdf: Uint8Array, value: string): Uint8Array =>
  update(pdf, (made) => {
    const ref = pdfRef(FORM_FIELD);
    const field = made.file.latest.resolve(ref);
    if (!isPdfDict(field)) throw new Error('field');
    const normal = made.add({
      kind: 'stream',
      dict: pdfDict({ Type: pdfName('XObject'), Subtype: pdfName('Form'), BBox: pdfArray([0, 0, 200, 20]) }),
      data: new TextEncoder().encode('/Tx BMC EMC'),
    });
    made.set(ref, pdfDict(new Map([...field.entries, ['V', text(value)], ['AP', pdfDict({ N: normal })]])));
  });
