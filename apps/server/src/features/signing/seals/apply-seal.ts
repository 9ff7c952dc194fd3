import { Readable } from 'node:stream';
import type { SealDesign } from '@hufu/contracts';
import { referenceCode, shanghaiParts, toBase64Url } from '@hufu/kernel';
import { type Executor, withTransaction } from '../../../infra/database/database.ts';
import type { BoundKey } from '../../hub/index.ts';
import { actorOf, type By, type SigningDeps } from '../deps.ts';
import { signingError } from '../errors.ts';
import { cleanPicture, drawSeal, SEAL_MM } from './draw-seal.ts';
import { insertSeal, insertSealEvent, lockLiveSeal, type SealRow, sealById } from './seal-store.ts';

export type SealApplication = {
  readonly design: SealDesign;
  /** Ids or fingerprints of the enterprise's certificates; undefined for all that can sign. */
  readonly certificates: readonly string[] | undefined;
  /** PNG or JPEG instead of a drawing. */
  readonly picture: Uint8Array | undefined;
  readonly by: By;
};

export const sealNamePlace = (id: string): string => `seal.name:${id}`;

/** What stands on the seal comes from the record alone. @throws HUB_CERTIFICATE_UNKNOWN */
export async function nameOnSeal(
  { records, database }: Pick<SigningDeps, 'records' | 'database'>,
  enterpriseId: string,
  kind: SealDesign['kind'],
): Promise<string> {
  if (kind === 'LEGAL_REPRESENTATIVE') return (await records.personalData(enterpriseId)).legalRep;
  const card = await records.byId(database.db, enterpriseId);
  if (card === undefined) throw signingError('SEAL_UNKNOWN');
  return card.unitName;
}

/** The bound certificates that may be put into a seal. */
export async function sealingKeys(deps: SigningDeps, executor: Executor, enterpriseId: string) {
  const keys = await deps.records.boundKeys(executor, enterpriseId);
  return keys.filter((key) => key.holderKind === 'enterprise' && key.validTo.getTime() > deps.clock.now());
}

/** @throws SEAL_CERTIFICATE */
function chosen(able: readonly BoundKey[], asked: SealApplication['certificates']): string[] {
  const keys = asked?.map((one) => able.find(({ id, fingerprint }) => id === one || fingerprint === one));
  const found = (keys ?? able).map((key) => key?.fingerprint);
  const fingerprints = found.filter((one) => one !== undefined);
  if (fingerprints.length === 0 || fingerprints.length !== found.length)
    throw signingError('SEAL_CERTIFICATE');
  return [...new Set(fingerprints)];
}

/**
 * An application for a seal (SIGN-012): drawn from the record or with a clear picture, for certificates of the
 * enterprise's own.
 * @throws SEAL_APPLIED_ALREADY, SEAL_FROZEN, SEAL_CERTIFICATE, SEAL_PICTURE_UNCLEAR, SEAL_WORD_MISPLACED, PICTURE_*
 */
export async function applyForSeal(deps: SigningDeps, application: SealApplication): Promise<SealRow> {
  const { design, by, picture } = application;
  const { enterpriseId, fingerprint } = by.holder;
  const { kind, code } = design;
  const maker = await deps.maker.current(deps.database.db);
  const name = await nameOnSeal(deps, enterpriseId, kind);
  // Drawn even beside an uploaded picture: what cannot stand on a seal is refused either way.
  const drawn = drawSeal({ design, name, sample: maker.sample });
  const png = picture === undefined ? drawn : cleanPicture(picture, kind);
  const stored = await deps.attachments.store(Readable.from([Buffer.from(png)]));
  const now = deps.clock.now();
  const id = toBase64Url(deps.random(16));
  const word = design.word ?? '';
  return withTransaction(deps.database, async (tx) => {
    const able = await sealingKeys(deps, tx, enterpriseId);
    const fingerprints = chosen(able, application.certificates);
    const live = await lockLiveSeal(tx, { enterpriseId, kind, word });
    if (live?.state === 'FROZEN') throw signingError('SEAL_FROZEN');
    const inserted = await insertSeal(tx, {
      id,
      number: `YZ${shanghaiParts(now).date.replaceAll('-', '')}${referenceCode(deps.random, 10)}`,
      enterprise_id: enterpriseId,
      kind,
      word,
      code,
      name_sealed: deps.cipher.seal(name, sealNamePlace(id)),
      state: 'APPLIED',
      source: picture === undefined ? 'DRAWN' : 'UPLOADED',
      sample: maker.sample,
      width_mm: SEAL_MM[kind],
      height_mm: SEAL_MM[kind],
      picture_sha256: stored.sha256,
      warnings: '[]',
      fingerprints: JSON.stringify(fingerprints),
      applied_with: fingerprint,
      applied_at: new Date(now),
      replaces_id: live?.id ?? null,
    });
    if (!inserted) throw signingError('SEAL_APPLIED_ALREADY');
    const happening = { sealId: id, at: new Date(now), event: 'apply', state: 'APPLIED' } as const;
    await insertSealEvent(tx, { ...happening, note: null, operatorId: null });
    await deps.audit.record(tx, {
      actor: actorOf(by),
      action: 'seal.apply',
      subject: { kind: 'seal', id },
      after: { state: 'APPLIED', kind, word, picture: stored.sha256, certificates: fingerprints },
      entity: enterpriseId,
      origin: by.from,
    });
    return (await sealById(tx, id))!;
  });
}
