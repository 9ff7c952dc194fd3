import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { raError } from '../errors.ts';
import { type RaTables, raTables } from '../tables.ts';

export type CertificateRow = Selectable<RaTables['ra_certificate']>;

export const certificateById = (executor: Executor, id: string): Promise<CertificateRow | undefined> =>
  raTables(executor).selectFrom('ra_certificate').selectAll().where('id', '=', id).executeTakeFirst();

/** Held until the transaction ends. @throws RA_CERTIFICATE_UNKNOWN */
export async function lockCertificate(tx: Tx, id: string): Promise<CertificateRow> {
  const row = await raTables(tx)
    .selectFrom('ra_certificate')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw raError('RA_CERTIFICATE_UNKNOWN');
  return row;
}

export const insertCertificate = (
  tx: Tx,
  row: Insertable<RaTables['ra_certificate']>,
): Promise<CertificateRow> =>
  raTables(tx).insertInto('ra_certificate').values(row).returningAll().executeTakeFirstOrThrow();

export const updateCertificate = (
  tx: Tx,
  { id, version }: CertificateRow,
  change: Updateable<RaTables['ra_certificate']>,
): Promise<CertificateRow> =>
  raTables(tx)
    .updateTable('ra_certificate')
    .set({ ...change, version: version + 1 })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** The authority knows its state now, if it is still the state that it was told. */
export async function settleCertificate(
  tx: Tx,
  told: { readonly id: string; readonly state: CertificateRow['state'] },
): Promise<void> {
  await raTables(tx)
    .updateTable('ra_certificate')
    .set({ pending: false })
    .where('id', '=', told.id)
    .where('state', '=', told.state)
    .execute();
}

export type CertificatesAsked = {
  readonly state?: CertificateRow['state'] | 'EXPIRED' | undefined;
  readonly text?: string | undefined;
  readonly now: Date;
  readonly limit: number;
  readonly offset: number;
};

/** The newest first. */
export async function pageOfCertificates(executor: Executor, asked: CertificatesAsked) {
  let chosen = raTables(executor).selectFrom('ra_certificate');
  if (asked.state === 'EXPIRED') {
    chosen = chosen.where('not_after', '<', asked.now).where('state', '<>', 'REVOKED');
  } else if (asked.state !== undefined) {
    chosen = chosen.where('state', '=', asked.state);
    if (asked.state !== 'REVOKED') chosen = chosen.where('not_after', '>=', asked.now);
  }
  if (asked.text !== undefined && asked.text !== '') {
    const { text } = asked;
    const like = `%${text.replaceAll(/[\\%_]/g, (one) => `\\${one}`)}%`;
    chosen = chosen.where((eb) =>
      eb.or([
        eb('unit_name', 'ilike', like),
        eb('uscc', '=', text.toUpperCase()),
        eb('serial_hex', '=', text.toLowerCase()),
        eb('key_no', '=', text),
      ]),
    );
  }
  const [items, { total }] = await Promise.all([
    chosen
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(asked.limit)
      .offset(asked.offset)
      .execute(),
    chosen.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ]);
  return { items, total: Number(total) };
}
