import { shanghaiParts } from '@hufu/kernel';
import { withTransaction } from '../../infra/database/database.ts';
import { MAIL_QUEUE } from '../../infra/mail/mail.ts';
import type { WarningDeps } from './deps.ts';
import { digestMail } from './domain/mails.ts';
import type { Told } from './face.ts';
import { addressPlace } from './preferences.ts';
import { warningTables } from './tables.ts';

/** Shanghai's time of day from which a digest may go out. */
const MORNING = '08:00:00';
const BATCH = 200;
/** A mail tells of so many; the others stand in the application. */
const MOST = 500;

/** One mail a day to each entity that wants it and has something new. */
export async function sendDigests(deps: WarningDeps): Promise<void> {
  const { date: today, time } = shanghaiParts(deps.clock.now());
  if (time < MORNING) return;
  for (;;) {
    const waiting = await warningTables(deps.database.db)
      .selectFrom('library_warning_preference as preference')
      .select('entity_id')
      .where('confirmed', '=', true)
      .where((is) => is.or([is('last_digest_on', 'is', null), is('last_digest_on', '<', today)]))
      .where((is) =>
        is.exists(
          is
            .selectFrom('library_warning as warning')
            .select('warning.id')
            .whereRef('warning.entity_id', '=', 'preference.entity_id')
            .where('warning.mail_due', '=', true),
        ),
      )
      .limit(BATCH)
      .execute();
    for (const { entity_id } of waiting) await sendDigest(deps, entity_id, today);
    deps.outbox.poke(MAIL_QUEUE);
    if (waiting.length < BATCH) return;
  }
}

async function sendDigest(deps: WarningDeps, entityId: string, today: string): Promise<void> {
  await withTransaction(deps.database, async (tx) => {
    const tables = warningTables(tx);
    // Of two servers the second finds that it has been sent.
    const preference = await tables
      .updateTable('library_warning_preference')
      .set({ last_digest_on: today })
      .where('entity_id', '=', entityId)
      .where('confirmed', '=', true)
      .where((is) => is.or([is('last_digest_on', 'is', null), is('last_digest_on', '<', today)]))
      .returning(['address_sealed', 'language'])
      .executeTakeFirst();
    if (preference?.address_sealed == null) return;
    const due = await tables
      .updateTable('library_warning')
      .set({ mail_due: false })
      .where('entity_id', '=', entityId)
      .where('mail_due', '=', true)
      .returning(['kind', 'facts', 'at'])
      .execute();
    if (due.length === 0) return;
    const newest = due.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, MOST);
    await deps.mailer.send(
      tx,
      digestMail(
        {
          to: deps.cipher.open(preference.address_sealed, addressPlace(entityId)),
          warnings: newest.map(({ kind, facts }) => ({ kind, facts }) as Told),
          url: `${deps.config.baseUrl}/library/home`,
        },
        { language: preference.language, now: deps.clock.now() },
      ),
    );
  });
}
