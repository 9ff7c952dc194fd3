import { shanghaiParts } from '@hufu/kernel';
import { type Certificate, parseCertificate } from '@hufu/pki';
import { type SealCaption, type SignatureSpec, sealImage, signingAlgorithm } from '@hufu/seal';
import { readNotoSerif, subsetTextFont } from '@hufu/seal/node';
import type { SigningDeps } from '../deps.ts';
import { readDocument } from '../documents.ts';
import { placementsOf } from '../domain/placements.ts';
import { signingError } from '../errors.ts';
import { type SealRow, sealById } from '../seals/seal-store.ts';
import { isUsable } from '../seals/views.ts';
import { type SignerRow, signerById, type TaskRow, taskById } from '../tasks/task-store.ts';
import type { ItemRow, PreparationRow } from './preparation-store.ts';

/** The certificate that a preparation was begun with, if it is still bound. @throws SIGN_OTHER_KEY */
export async function signingKey(deps: SigningDeps, preparation: PreparationRow) {
  const keys = await deps.records.boundKeys(deps.database.db, preparation.enterprise_id);
  const key = keys.find(({ fingerprint }) => fingerprint === preparation.fingerprint);
  if (key === undefined) throw signingError('SIGN_OTHER_KEY');
  return { ...key, certificate: parseCertificate(key.der) };
}

export type SealingParts = { readonly task: TaskRow; readonly signer: SignerRow; readonly seal: SealRow };

/** What an item seals with, as it stands now. @throws SIGN_STALE, SIGN_SEAL_NOT_USABLE */
export async function partsOf(
  deps: SigningDeps,
  item: ItemRow,
  { fingerprint }: PreparationRow,
): Promise<SealingParts> {
  const { db } = deps.database;
  const [task, signer] = await Promise.all([taskById(db, item.task_id), signerById(db, item.signer_id)]);
  const isOurs = signer?.state === 'PREPARED' && signer.preparation_id === item.preparation_id;
  if (task === undefined || !isOurs || task.document_sha256 !== item.base_sha256)
    throw signingError('SIGN_STALE');
  if (task.state !== 'OPEN') throw signingError('SIGN_STATE');
  const seal = signer.seal_id === null ? undefined : await sealById(db, signer.seal_id);
  if (seal === undefined || !isUsable(seal, fingerprint, deps.clock.now())) {
    throw signingError('SIGN_SEAL_NOT_USABLE');
  }
  return { task, signer, seal };
}

async function captionOf(unitName: string, at: number): Promise<SealCaption> {
  const { date, time } = shanghaiParts(at);
  const lines = [unitName, `${date} ${time.slice(0, 5)}`];
  return { lines, font: await subsetTextFont(lines.join(''), readNotoSerif(400)) };
}

/**
 * SM2 keys seal by GB/T 38540, with the seal itself inside; RSA and ECDSA make PAdES with the picture, which every
 * reader understands (OD-36).
 */
export async function signatureSpec(
  deps: SigningDeps,
  { task, signer, seal }: SealingParts,
  certificate: Certificate,
): Promise<SignatureSpec> {
  const at = deps.clock.now();
  const enterprise = await deps.records.byId(deps.database.db, seal.enterprise_id);
  const name = enterprise?.unitName ?? '';
  const { certificates: chain } = await deps.trust.evidence(certificate);
  const isSm2 = signingAlgorithm(certificate) === 'sm2-sm3';
  return {
    certificate,
    chain,
    at,
    name,
    visible: {
      image: sealImage(await readDocument(deps.attachments, seal.picture_sha256)),
      width: seal.width_mm,
      height: seal.height_mm,
      placements: placementsOf(signer.placements, task.pages),
      ...(signer.caption && { caption: await captionOf(name, at) }),
    },
    ...(isSm2 && seal.seal !== null && { electronicSeal: new Uint8Array(seal.seal) }),
    ...(deps.timeStamper === undefined && { timeStampRoom: 0 }),
  };
}
