import { concatBytes } from '@hufu/kernel';
import { documentAttributes } from '@hufu/pki';
import { PdfUpdate } from '../../../src/append/pdf-update.ts';
import { fillSlot, openSlot } from '../../../src/append/signature-slot.ts';
import { detachedSignature } from '../../../src/cms/detached-signature.ts';
import {
  formFieldsOf,
  isPdfDict,
  openPdf,
  type PdfRef,
  type PdfValue,
  pdfArray,
  pdfDict,
  pdfName,
  pdfString,
} from '../../../src/index.ts';
import { nodeStartDigest as start } from '../../../src/node/index.ts';
import type { World } from './world.ts';

type Made = { readonly update: PdfUpdate; readonly signature: PdfRef };

/** What a signer with a sound key can do who does not keep to our rules: any dictionary, any field. */
export type HostileSpec = {
  readonly entries?: Readonly<Record<string, PdfValue>>;
  readonly place: (made: Made) => void;
  /** Changes the structure before it is written. */
  readonly spoil?: (der: Uint8Array) => Uint8Array;
  readonly named?: World['holder'];
  /** TimeStampToken beside the signature value. */
  readonly timeStampToken?: Uint8Array;
};

export async function signAnyway(world: World, pdf: Uint8Array, spec: HostileSpec): Promise<Uint8Array> {
  const { holder } = world;
  const update = new PdfUpdate(openPdf(pdf));
  const signature = update.allocate();
  spec.place({ update, signature });
  const entries = new Map<string, PdfValue>([
    ['Type', pdfName('Sig')],
    ['Filter', pdfName('Adobe.PPKLite')],
    ['SubFilter', pdfName('ETSI.CAdES.detached')],
    ...Object.entries(spec.entries ?? {}),
  ]);
  const slot = openSlot(
    update,
    { ref: signature, entries, capacity: 8192, digestAlgorithm: 'sha256' },
    start,
  );
  const { documentDigest } = slot;
  const algorithm = holder.signer.algorithm;
  const { certificate } = spec.named ?? holder;
  const attributes = documentAttributes({ dialect: 'cades', certificate, algorithm, documentDigest });
  const der = detachedSignature({
    dialect: 'cades',
    certificate: holder.certificate,
    algorithm,
    chain: [],
    attributes,
    signature: await holder.signer.sign(attributes),
    timeStampToken: spec.timeStampToken,
  });
  return concatBytes(pdf, fillSlot(slot, spec.spoil?.(der) ?? der));
}

/** An invisible new signature field. */
export function newField(
  { update, signature }: Made,
  catalog: Readonly<Record<string, PdfValue>> = {},
  widget: Readonly<Record<string, PdfValue>> = {},
): void {
  const { latest } = update.file;
  const form = latest.getDict(latest.root, 'AcroForm');
  const fields = latest.getArray(form, 'Fields')?.items ?? [];
  const field = update.add(
    pdfDict({
      Type: pdfName('Annot'),
      Subtype: pdfName('Widget'),
      FT: pdfName('Sig'),
      T: pdfString(new TextEncoder().encode(`Hostile${fields.length}`), false),
      Rect: pdfArray([0, 0, 0, 0]),
      V: signature,
      ...widget,
    }),
  );
  const page = widget['P'];
  const shown = latest.resolve(page);
  if (typeof page === 'object' && page?.kind === 'ref' && isPdfDict(shown)) {
    const annotations = latest.getArray(shown, 'Annots')?.items ?? [];
    update.set(page, pdfDict(new Map([...shown.entries, ['Annots', pdfArray([...annotations, field])]])));
  }
  const entries = new Map<string, PdfValue>([
    ...(form?.entries ?? []),
    ['Fields', pdfArray([...fields, field])],
  ]);
  const known = latest.root.entries.get('AcroForm');
  const isRef = typeof known === 'object' && known?.kind === 'ref';
  if (isRef) update.set(known, pdfDict(entries));
  const changed = { ...catalog, ...(isRef ? {} : { AcroForm: pdfDict(entries) }) };
  if (Object.keys(changed).length === 0) return;
  update.set(update.rootRef, pdfDict(new Map([...latest.root.entries, ...Object.entries(changed)])));
}

/** A certification on top of another signature. */
export const signCertifyingAnyway = (world: World, pdf: Uint8Array): Promise<Uint8Array> =>
  signAnyway(world, pdf, {
    entries: {
      Reference: pdfArray([
        pdfDict({ TransformMethod: pdfName('DocMDP'), TransformParams: pdfDict({ P: 2 }) }),
      ]),
    },
    place: (made) => newField(made, { Perms: pdfDict({ DocMDP: made.signature }) }),
  });

/** Signs an empty field that is there. */
export const signIntoField = (world: World, pdf: Uint8Array, name: string): Promise<Uint8Array> =>
  signAnyway(world, pdf, {
    place: ({ update, signature }) => {
      const field = formFieldsOf(update.file.latest).find((one) => one.name === name)!;
      update.set(field.ref!, pdfDict(new Map<string, PdfValue>([...field.dict.entries, ['V', signature]])));
    },
  });
