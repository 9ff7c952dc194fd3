import { sql } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import type { NewNoticeText } from '../domain/notices.ts';
import { hubTables } from '../tables.ts';

export type NewNotice = {
  readonly id: string;
  readonly enterpriseId: string;
  readonly notice: NewNoticeText;
  readonly at: Date;
};

export async function insertNotice(tx: Tx, { id, enterpriseId, notice, at }: NewNotice): Promise<void> {
  await hubTables(tx)
    .insertInto('notice')
    .values({ id, enterprise_id: enterpriseId, kind: notice.kind, facts: JSON.stringify(notice.facts), at })
    .execute();
}

export type Reader = { readonly enterpriseId: string; readonly certificateId: string };

const MOST = 100;

export async function noticesFor(executor: Executor, { enterpriseId, certificateId }: Reader) {
  return hubTables(executor)
    .selectFrom('notice')
    .leftJoin('notice_read', (join) =>
      join
        .onRef('notice_read.notice_id', '=', 'notice.id')
        .on('notice_read.certificate_id', '=', certificateId),
    )
    .select(['id', 'kind', 'facts', 'at', 'read_at'])
    .where('enterprise_id', '=', enterpriseId)
    .orderBy('at', 'desc')
    .limit(MOST)
    .execute();
}

export async function markRead(tx: Tx, reader: Reader, at: Date): Promise<void> {
  await sql`
    insert into notice_read (notice_id, certificate_id, read_at)
    select id, ${reader.certificateId}, ${at} from notice where enterprise_id = ${reader.enterpriseId}
    on conflict do nothing
  `.execute(tx);
}
