import type { Selectable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type HubTables, hubTables } from '../tables.ts';

export type EnterpriseRow = Selectable<HubTables['enterprise']>;

export async function enterpriseById(executor: Executor, id: string): Promise<EnterpriseRow | undefined> {
  return hubTables(executor).selectFrom('enterprise').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function enterpriseByUscc(executor: Executor, uscc: string): Promise<EnterpriseRow | undefined> {
  return hubTables(executor).selectFrom('enterprise').selectAll().where('uscc', '=', uscc).executeTakeFirst();
}

/** The same, held until the transaction ends, so that two changes of one enterprise follow each other. */
export async function lockEnterprise(tx: Tx, id: string): Promise<EnterpriseRow | undefined> {
  return hubTables(tx)
    .selectFrom('enterprise')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Where a sealed value belongs: it cannot be moved to another column or enterprise. */
export const sealedPlace = (column: 'legal_rep' | 'phone' | 'address', enterpriseId: string): string =>
  `enterprise.${column}:${enterpriseId}`;

export type EnterpriseFields = Pick<
  EnterpriseRow,
  | 'uscc'
  | 'unit_name'
  | 'unit_name_key'
  | 'reg_city'
  | 'legal_rep_sealed'
  | 'phone_sealed'
  | 'address_sealed'
  | 'roles'
>;

export type EnterpriseWrite = { readonly id: string; readonly fields: EnterpriseFields; readonly at: Date };

/** @returns false when the code appeared meanwhile: somebody else bound first */
export async function insertEnterprise(tx: Tx, { id, fields, at }: EnterpriseWrite): Promise<boolean> {
  const inserted = await hubTables(tx)
    .insertInto('enterprise')
    .values({
      ...fields,
      roles: JSON.stringify(fields.roles),
      id,
      state: 'BOUND',
      bound_at: at,
      last_login_at: null,
      version: 1,
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** HUB-109: an unbound enterprise's account is taken over by its next first lock. */
export async function rebindEnterprise(tx: Tx, { id, fields, at }: EnterpriseWrite): Promise<boolean> {
  const updated = await hubTables(tx)
    .updateTable('enterprise')
    .set((eb) => ({
      ...fields,
      roles: JSON.stringify(fields.roles),
      state: 'BOUND' as const,
      bound_at: at,
      updated_at: at,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .where('state', '=', 'UNBOUND')
    .returning('id')
    .executeTakeFirst();
  return updated !== undefined;
}

export async function markUnbound(tx: Tx, { id, at }: { id: string; at: Date }): Promise<void> {
  await hubTables(tx)
    .updateTable('enterprise')
    .set((eb) => ({ state: 'UNBOUND' as const, updated_at: at, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export type EnterpriseUpdate = {
  readonly id: string;
  /** The version that the user saw. */
  readonly version: number;
  readonly changes: Partial<
    Pick<EnterpriseFields, 'reg_city' | 'legal_rep_sealed' | 'phone_sealed' | 'address_sealed' | 'roles'>
  >;
  readonly at: Date;
};

/** @returns false when the record is no longer what the user saw */
export async function updateEnterprise(tx: Tx, update: EnterpriseUpdate): Promise<boolean> {
  const { roles, ...others } = update.changes;
  const updated = await hubTables(tx)
    .updateTable('enterprise')
    .set((eb) => ({
      ...others,
      ...(roles === undefined ? {} : { roles: JSON.stringify(roles) }),
      updated_at: update.at,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', update.id)
    .where('version', '=', update.version)
    .where('state', '=', 'BOUND')
    .returning('id')
    .executeTakeFirst();
  return updated !== undefined;
}
