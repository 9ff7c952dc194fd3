import { CodedError } from '@hufu/kernel';
import { z } from 'zod';
import type { JobHandler } from '../../../infra/outbox/job.ts';
import type { PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import { phoneTables } from '../tables.ts';

const Told = z.object({ id: z.string() });

/** Brings the vault's half to what the table says; repeated, it changes nothing. */
export const vaultTeller =
  ({ halves, database }: Pick<PhoneDeps, 'halves' | 'database'>): JobHandler =>
  async (job) => {
    if (halves === undefined) throw phoneError('PHONE_VAULT_ABSENT');
    const { id } = Told.parse(job.payload);
    const row = await phoneTables(database.db)
      .selectFrom('phone_half')
      .select(['state', 'holds'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return;
    if (row.state === 'DESTROYED') return halves.destroy(id);
    try {
      await (row.holds.length > 0 ? halves.hold(id) : halves.release(id));
    } catch (error) {
      // Never confirmed, and purged by the vault: there is nothing to hold.
      if (!(error instanceof CodedError) || error.code !== 'PHONE_HALF_UNKNOWN') throw error;
    }
  };
