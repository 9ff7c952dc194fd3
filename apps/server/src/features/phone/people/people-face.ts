import { nowOf, type PhoneDeps } from '../deps.ts';
import type { People } from '../face.ts';
import { phoneTables } from '../tables.ts';
import { approveClaim } from './claim.ts';
import { enterpriseById } from './enterprises.ts';
import { administratorOf, livePerson } from './person-store.ts';

export const createPeople = (deps: PhoneDeps): People => ({
  async claim(executor, { entityId, userId }) {
    const row = await phoneTables(executor)
      .selectFrom('phone_claim')
      .selectAll()
      .where('entity_id', '=', entityId)
      .where('user_id', '=', userId)
      .where('state', '=', 'OPEN')
      .executeTakeFirst();
    return row && { id: row.id, userId, entityId, uscc: row.uscc, name: row.name };
  },
  enterprise: enterpriseById,
  approveClaim: (tx, approval) => approveClaim(deps, tx, approval),
  async rename(tx, { entityId, name }) {
    await phoneTables(tx)
      .updateTable('phone_enterprise')
      .set({ name, updated_at: nowOf(deps) })
      .where('entity_id', '=', entityId)
      .execute();
  },
  adminOf: async (executor, entityId) => (await administratorOf(executor, entityId))?.user_id,
  roleOf: async (executor, who) => (await livePerson(executor, who))?.role,
});
