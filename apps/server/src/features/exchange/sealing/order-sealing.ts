import { createHash } from 'node:crypto';
import type { SealingOrder, SealingOrderForm } from '@hufu/contracts';
import { toBase64Url } from '@hufu/kernel';
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { ReceivedFile } from '../../../infra/http/receive-file.ts';
import { activeEntity } from '../caller/active-entity.ts';
import { answerOnce } from '../caller/answer-once.ts';
import { type ExchangeDeps, type PlatformBy, platformActor } from '../deps.ts';
import { exchangeError } from '../errors.ts';
import { type ExchangeTables, exchangeTables } from '../tables.ts';

type SealingRow = Selectable<ExchangeTables['exchange_sealing']>;

type Ordering = {
  readonly file: ReceivedFile;
  readonly form: z.output<typeof SealingOrderForm>;
  readonly idempotencyKey: string | readonly string[] | undefined;
  readonly by: PlatformBy;
};

/**
 * A platform asks an entity to seal a document on the hub (PLAT-011). The browser may come back only to an address of
 * the platform's own.
 * @throws EXCHANGE_NOT_ACTIVATED, EXCHANGE_ENTITY_FROZEN, EXCHANGE_RETURN, and what signing refuses
 */
export async function orderSealing(
  deps: ExchangeDeps,
  { file, form, idempotencyKey, by }: Ordering,
): Promise<SealingOrder> {
  const platform = await deps.platforms.byCode(by.code);
  const own = new Set((platform?.redirectUris ?? []).map((uri) => new URL(uri).origin));
  if (!own.has(new URL(form.returnUrl).origin)) throw exchangeError('EXCHANGE_RETURN');
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const request = { ...form, sha256 };
  const asked = { platform: by.code, key: idempotencyKey, operation: 'sealing', request };
  const { id } = await answerOnce(deps, asked, async (tx) => {
    const entity = await activeEntity(deps, tx, { uscc: form.uscc, platformCode: by.code });
    const row: SealingRow = {
      id: toBase64Url(deps.random(16)),
      platform_code: by.code,
      entity_id: entity.id,
      task_id: null,
      title: form.title,
      return_url: form.returnUrl,
      sha256,
      at: new Date(deps.clock.now()),
    };
    await exchangeTables(tx).insertInto('exchange_sealing').values(row).execute();
    await deps.audit.record(tx, {
      actor: platformActor(by),
      action: 'exchange.order-sealing',
      subject: { kind: 'sealing', id: row.id },
      entity: entity.id,
      after: { platform: by.code, sha256 },
      origin: by.from,
    });
    return { id: row.id };
  });
  const row = await ownOrder(deps, { id, by });
  return orderView(deps, row.task_id === null ? await openIn(deps, row, { file, by }) : row, 'OPEN');
}

/** Signing reads the document and takes it. Whoever breaks off in between repeats the request. */
async function openIn(
  deps: ExchangeDeps,
  row: SealingRow,
  { file, by }: Pick<Ordering, 'file' | 'by'>,
): Promise<SealingRow> {
  const task_id = await deps.sealings.open({
    entityId: row.entity_id,
    title: row.title,
    file,
    actor: platformActor(by),
    from: by.from,
  });
  await exchangeTables(deps.database.db)
    .updateTable('exchange_sealing')
    .set({ task_id })
    .where('id', '=', row.id)
    .where('task_id', 'is', null)
    .execute();
  return ownOrder(deps, { id: row.id, by });
}

/** Only the platform that ordered it. @throws EXCHANGE_UNKNOWN */
async function ownOrder(
  deps: ExchangeDeps,
  { id, by }: { readonly id: string; readonly by: PlatformBy },
): Promise<SealingRow> {
  const row = await exchangeTables(deps.database.db)
    .selectFrom('exchange_sealing')
    .selectAll()
    .where('id', '=', id)
    .where('platform_code', '=', by.code)
    .executeTakeFirst();
  if (row === undefined) throw exchangeError('EXCHANGE_UNKNOWN');
  return row;
}

type Asked = { readonly id: string; readonly by: PlatformBy };

export async function showSealing(deps: ExchangeDeps, asked: Asked): Promise<SealingOrder> {
  const row = await ownOrder(deps, asked);
  const { state } = await standing(deps, row);
  return orderView(deps, row, state);
}

/** @returns SHA-256 of the document as it stands. @throws EXCHANGE_UNKNOWN until it is 已签章 */
export async function sealedDocument(deps: ExchangeDeps, asked: Asked): Promise<string> {
  const { state, sha256 } = await standing(deps, await ownOrder(deps, asked));
  if (state !== 'SEALED') throw exchangeError('EXCHANGE_UNKNOWN');
  return sha256;
}

const standing = async (
  deps: ExchangeDeps,
  row: SealingRow,
): Promise<{ readonly state: SealingOrder['state']; readonly sha256: string }> =>
  row.task_id === null
    ? { state: 'OPEN', sha256: row.sha256 }
    : deps.sealings.standing(deps.database.db, row.task_id);

/** Where the browser goes when the entity has sealed: an address of the platform's own. @throws EXCHANGE_UNKNOWN */
export async function returnAddress(deps: ExchangeDeps, id: string): Promise<string> {
  const row = await exchangeTables(deps.database.db)
    .selectFrom('exchange_sealing')
    .select('return_url')
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw exchangeError('EXCHANGE_UNKNOWN');
  return row.return_url;
}

const orderView = (
  { config }: Pick<ExchangeDeps, 'config'>,
  row: SealingRow,
  state: SealingOrder['state'],
): SealingOrder => ({
  id: row.id,
  title: row.title,
  state,
  sealUrl: `${config.baseUrl}/signing/${row.task_id ?? ''}?order=${row.id}`,
  returnUrl: row.return_url,
  sha256: row.sha256,
});
