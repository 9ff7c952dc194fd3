import { withTransaction } from '../../../infra/database/database.ts';
import type { PhoneDeps } from '../deps.ts';
import { notify } from '../messages/messages.ts';
import { phoneTables } from '../tables.ts';

const DAY_MS = 86_400_000;
/** OD-29. */
const REMINDERS = [30, 7, 1] as const;

/**
 * Reminds of certificates that end: once for each threshold, of the nearest alone where several were passed at once
 * (a server that stood still does not send three messages).
 */
export async function remindOfEnds(deps: PhoneDeps): Promise<void> {
  const now = deps.clock.now();
  const rows = await phoneTables(deps.database.db)
    .selectFrom('phone_certificate')
    .selectAll()
    .where('state', 'in', ['EFFECTIVE', 'HELD'])
    .where('replaced_by', 'is', null)
    .where('valid_to', '>', new Date(now))
    .where('valid_to', '<=', new Date(now + REMINDERS[0] * DAY_MS))
    .execute();
  for (const row of rows) {
    const left = row.valid_to.getTime() - now;
    const days = REMINDERS.findLast((one) => left <= one * DAY_MS);
    if (days === undefined) continue;
    await withTransaction(deps.database, (tx) =>
      notify(deps, tx, {
        kind: 'CERTIFICATE_EXPIRES',
        to: row.entity_id === null ? { userId: row.user_id } : { administratorOf: row.entity_id },
        facts: {
          certificateId: row.id,
          serialNumber: row.serial_number,
          validTo: row.valid_to.toISOString(),
          days,
        },
        once: `${row.id}:${days}`,
      }),
    );
  }
}
