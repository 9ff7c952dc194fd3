import type { Tx } from '../../../infra/database/database.ts';
import type { PhoneDeps } from '../deps.ts';
import { phoneTables } from '../tables.ts';

type Ending = {
  readonly of: { readonly personId: string } | { readonly certificateId: string };
  /** The user who did it; null: it came about. */
  readonly by: string | null;
  readonly why: 'ADMIN' | 'LEFT' | 'CERTIFICATE';
  readonly at: Date;
};

/** Every grant in force of a person, or of a certificate. The history stays. */
export async function endGrants(tx: Tx, { of, by, why, at }: Ending): Promise<void> {
  const [column, value] =
    'personId' in of
      ? (['person_id', of.personId] as const)
      : (['certificate_id', of.certificateId] as const);
  await phoneTables(tx)
    .updateTable('phone_grant')
    .set({ revoked_at: at, revoked_by: by, ended_by: why })
    .where(column, '=', value)
    .where('revoked_at', 'is', null)
    .execute();
}

type Carrying = { readonly from: string; readonly to: string; readonly at: Date };

/** A renewed certificate is the same to its people: what was granted for the former one is granted for it. */
export async function carryGrants(deps: PhoneDeps, tx: Tx, { from, to, at }: Carrying): Promise<void> {
  const live = await phoneTables(tx)
    .selectFrom('phone_grant')
    .select(['person_id', 'scope', 'granted_by'])
    .where('certificate_id', '=', from)
    .where('revoked_at', 'is', null)
    .execute();
  for (const grant of live) {
    await phoneTables(tx)
      .insertInto('phone_grant')
      .values({ id: deps.newId(), certificate_id: to, granted_at: at, ...grant })
      .execute();
  }
}
