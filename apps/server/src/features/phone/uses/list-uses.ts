import type { PhoneUse } from '@hufu/contracts';
import { sql } from 'kysely';
import { certificatesSeenBy, subjectPlace } from '../certificates/certificate-store.ts';
import { standingOf } from '../certificates/standing.ts';
import type { PhoneDeps } from '../deps.ts';
import { phoneTables } from '../tables.ts';

type Asked = {
  readonly userId: string;
  readonly page: number;
  readonly pageSize: number;
  readonly certificateId?: string | undefined;
};

/** Recent use: one's own; and of the certificates that one administers, everybody's. */
export async function listUses(deps: PhoneDeps, { userId, page, pageSize, certificateId }: Asked) {
  const { db } = deps.database;
  const administered: string[] = [];
  const seen = await certificatesSeenBy(db, userId);
  for (const row of seen) {
    if ((await standingOf(db, row, userId)).kind === 'HOLDER') administered.push(row.id);
  }
  const rows = await phoneTables(db)
    .selectFrom('phone_use as x')
    .innerJoin('phone_user as u', 'u.id', 'x.user_id')
    .leftJoin('phone_device as d', 'd.id', 'x.device_id')
    .leftJoin('phone_certificate as c', 'c.id', 'x.certificate_id')
    .selectAll('x')
    .select(['u.name_masked', 'u.phone_masked', 'd.name as device_name'])
    .select(['c.subject_sealed', 'c.serial_number'])
    .select(sql<number>`count(*) over ()::int`.as('total'))
    .where(({ or, eb }) =>
      or([
        eb('x.user_id', '=', userId),
        eb('x.certificate_id', 'in', administered.length === 0 ? [''] : administered),
      ]),
    )
    .$if(certificateId !== undefined, (query) => query.where('x.certificate_id', '=', certificateId!))
    .orderBy('x.at', 'desc')
    .orderBy('x.id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  /** Trying a certificate of others tells nothing of it. */
  const isForeign = (row: (typeof rows)[number]) =>
    row.outcome === 'REFUSED' && !seen.some(({ id }) => id === row.certificate_id);
  const items: PhoneUse[] = rows.map((row) => ({
    id: row.id,
    purpose: row.purpose,
    origin: row.origin,
    scope: row.scope,
    certificate:
      row.certificate_id === null ||
      row.subject_sealed === null ||
      row.serial_number === null ||
      isForeign(row)
        ? null
        : {
            id: row.certificate_id,
            subjectName: deps.cipher.open(row.subject_sealed, subjectPlace(row.certificate_id)),
            serialNumber: row.serial_number,
          },
    person: row.name_masked ?? row.phone_masked,
    deviceName: row.device_name ?? '',
    count: row.count,
    outcome: row.outcome,
    at: row.at.toISOString(),
  }));
  return { items, total: rows[0]?.total ?? 0, page, pageSize };
}
