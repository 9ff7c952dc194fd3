import { createHash } from 'node:crypto';
import type { MirrorPackage, PullAnswer, PullForm } from '@hufu/contracts';
import { canonicalJson, type JsonValue, shanghaiParts, toBase64Url } from '@hufu/kernel';
import type { z } from 'zod';
import type { Tx } from '../../../infra/database/database.ts';
import { answerOnce } from '../caller/answer-once.ts';
import { type ExchangeDeps, type PlatformBy, platformActor } from '../deps.ts';
import { exchangeError } from '../errors.ts';
import { TOLD_KINDS } from '../feed/follow-feed.ts';
import { mappingOf } from '../mapping/mapping-store.ts';
import type { EntityCard } from '../ports.ts';
import { existingPlatform } from '../registration/change-registration.ts';
import { gapsOf, weighCompleteness } from './completeness.ts';
import { entityView, libraryRecords, recordView } from './entity-records.ts';
import { insertPull } from './pull-store.ts';

type Pulling = {
  readonly form: z.output<typeof PullForm>;
  readonly idempotencyKey: string | readonly string[] | undefined;
  readonly by: PlatformBy;
};

const PACKAGE_TYPE = 'hufu-package+jws';
const FILES_MS = 86_400_000;

/** Committed as the answer: the count of wrong entries stands, and repeating the request counts nothing twice. */
type Refused = { readonly refused: 'EXCHANGE_SYNC_CODE' | 'EXCHANGE_SYNC_LOCKED' };

/**
 * One platform mirrors one entity, once, authorised by the entity's sync code (PLAT-013, SM-SYNCCODE).
 * @throws EXCHANGE_SYNC_CODE (MSG-23), EXCHANGE_SYNC_LOCKED, EXCHANGE_NOT_ACTIVATED, EXCHANGE_ENTITY_FROZEN
 */
export async function pull(deps: ExchangeDeps, { form, idempotencyKey, by }: Pulling): Promise<PullAnswer> {
  const asked = { platform: by.code, key: idempotencyKey, operation: 'pull', request: form };
  const answer = await answerOnce<PullAnswer | Refused>(deps, asked, async (tx) => {
    const spent = await deps.syncCodes.spend(tx, {
      code: form.syncCode,
      uscc: form.uscc,
      platformCode: by.code,
      platformUser: form.user,
      actor: platformActor(by),
      origin: by.from,
    });
    if (!spent.ok) return refuse(deps, tx, { form, by, locked: spent.code === 'SYNC_CODE_LOCKED' });
    const entity = await deps.entities.byId(tx, spent.entityId);
    if (entity === undefined) throw exchangeError('EXCHANGE_UNKNOWN');
    return mirror(deps, tx, { entity, by, userRef: form.user });
  });
  if ('refused' in answer) throw exchangeError(answer.refused);
  return answer;
}

type Refusing = Pick<Pulling, 'form' | 'by'> & { readonly locked: boolean };

/** The entity hears of it when somebody goes on guessing. */
async function refuse(deps: ExchangeDeps, tx: Tx, { form, by, locked }: Refusing): Promise<Refused> {
  const entity = locked ? await deps.entities.byUscc(tx, form.uscc) : undefined;
  if (entity !== undefined) {
    const platform = await deps.platforms.byCode(by.code, tx);
    await deps.notify(tx, {
      kind: 'SYNC_FAILED',
      entityId: entity.id,
      facts: { platform: by.code, platformName: platform?.name ?? by.code },
    });
  }
  return { refused: locked ? 'EXCHANGE_SYNC_LOCKED' : 'EXCHANGE_SYNC_CODE' };
}

type Mirroring = { readonly entity: EntityCard; readonly by: PlatformBy; readonly userRef: string };

async function mirror(deps: ExchangeDeps, tx: Tx, { entity, by, userRef }: Mirroring): Promise<PullAnswer> {
  if (entity.state === 'FROZEN') throw exchangeError('EXCHANGE_ENTITY_FROZEN');
  const active = await deps.activations.platformsOf(tx, entity.id);
  if (!active.has(by.code)) throw exchangeError('EXCHANGE_NOT_ACTIVATED');
  const now = deps.clock.now();
  const made = await makePackage(deps, tx, { entity, platformCode: by.code, now });
  const sha256 = createHash('sha256')
    .update(canonicalJson(made as unknown as JsonValue))
    .digest('hex');
  await insertPull(tx, {
    id: made.pull,
    platformCode: by.code,
    entityId: entity.id,
    userRef,
    libVersion: made.libVersion,
    complete: made.report.complete,
    gaps: gapsOf(made.report),
    packageSha256: sha256,
    at: new Date(now),
    filesUntil: new Date(made.filesUntil),
    files: made.files,
  });
  await deps.audit.record(tx, {
    actor: platformActor(by),
    action: 'exchange.pull',
    subject: { kind: 'mirror', id: `${entity.id}:${by.code}` },
    entity: entity.id,
    after: { pull: made.pull, libVersion: made.libVersion, complete: made.report.complete, sha256 },
    origin: by.from,
  });
  const signature = await deps.signer.sign(PACKAGE_TYPE, {
    iss: deps.config.baseUrl,
    aud: by.clientId,
    jti: made.pull,
    iat: Math.floor(now / 1000),
    entity: entity.id,
    libVersion: made.libVersion,
    sha256,
  });
  return { package: made, signature };
}

type Making = { readonly entity: EntityCard; readonly platformCode: string; readonly now: number };

async function makePackage(
  deps: ExchangeDeps,
  tx: Tx,
  { entity, platformCode, now }: Making,
): Promise<MirrorPackage> {
  const records = await libraryRecords(deps, tx, entity);
  const { rows } = await mappingOf(tx, await existingPlatform(deps, tx, platformCode));
  const today = shanghaiParts(now).date;
  const { files, report } = weighCompleteness({ records, mapping: rows, today });
  const made: MirrorPackage = {
    pull: toBase64Url(deps.random(16)),
    platform: platformCode,
    syncedAt: new Date(now).toISOString(),
    libVersion: await deps.changes.count(tx, { entityId: entity.id, kinds: TOLD_KINDS }),
    entity: entityView(entity),
    records: records.map(recordView),
    files: [...files],
    report,
    filesUntil: new Date(now + FILES_MS).toISOString(),
  };
  // As it will be read: what JSON leaves out is not signed either.
  return JSON.parse(JSON.stringify(made)) as MirrorPackage;
}
