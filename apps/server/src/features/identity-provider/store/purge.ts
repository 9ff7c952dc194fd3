import type pg from 'pg';

/** Interactions stay a day longer, so that an expired page can still offer to begin again. */
const PURGE = [
  `delete from oidc_artefact where expires_at < now() - interval '1 day' or (expires_at < now() and kind <> 'Interaction')`,
  `delete from login_session where expires_at < now()`,
  `delete from login_intent where expires_at < now()`,
];

export async function purgeExpired(pool: pg.Pool): Promise<void> {
  for (const sql of PURGE) await pool.query(sql);
}
