import type { DeskRole } from '@hufu/contracts';
import type { Selectable } from 'kysely';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import type { ReadCertificate } from '../../hub/index.ts';
import { type DeskTables, deskTables } from '../tables.ts';

export type OperatorRow = Selectable<DeskTables['operator']>;

export const namePlace = (operatorId: string): string => `operator.name:${operatorId}`;

export async function allOperators(executor: Executor): Promise<OperatorRow[]> {
  return deskTables(executor)
    .selectFrom('operator')
    .selectAll()
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** The same, held until the transaction ends: decisions about who remains must not run side by side. */
export async function lockOperators(tx: Tx): Promise<OperatorRow[]> {
  return deskTables(tx).selectFrom('operator').selectAll().orderBy('id').forUpdate().execute();
}

export async function operatorById(executor: Executor, id: string): Promise<OperatorRow | undefined> {
  return deskTables(executor).selectFrom('operator').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function operatorByCertificate(
  executor: Executor,
  { issuerSha256, serialNumber, spkiSha256 }: OperatorCertificate,
): Promise<OperatorRow | undefined> {
  return deskTables(executor)
    .selectFrom('operator')
    .selectAll()
    .where('issuer_sha256', '=', issuerSha256)
    .where('serial_number', '=', serialNumber)
    .where('spki_sha256', '=', spkiSha256)
    .executeTakeFirst();
}

export type OperatorCertificate = Pick<
  ReadCertificate,
  'der' | 'issuerSha256' | 'serialNumber' | 'spkiSha256' | 'fingerprint' | 'issuerName'
>;

export type NewOperator = {
  readonly id: string;
  readonly nameSealed: string;
  readonly roles: readonly DeskRole[];
  readonly certificate: OperatorCertificate;
  readonly at: Date;
};

/** @returns false when the certificate belongs to an operator already */
export async function insertOperator(tx: Tx, operator: NewOperator): Promise<boolean> {
  const { certificate } = operator;
  const row = await deskTables(tx)
    .insertInto('operator')
    .values({
      id: operator.id,
      name_sealed: operator.nameSealed,
      roles: JSON.stringify([...new Set(operator.roles)]),
      state: 'ACTIVE',
      issuer_sha256: certificate.issuerSha256,
      serial_number: certificate.serialNumber,
      spki_sha256: certificate.spkiSha256,
      fingerprint: certificate.fingerprint,
      certificate: Buffer.from(certificate.der),
      issuer_name: certificate.issuerName,
      version: 1,
      created_at: operator.at,
      last_login_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export type OperatorChange = { readonly id: string } & (
  | { readonly roles: readonly DeskRole[] }
  | { readonly state: 'ACTIVE' | 'DISABLED' }
  | { readonly lastLoginAt: Date }
);

export async function updateOperator(tx: Tx, change: OperatorChange): Promise<void> {
  const table = deskTables(tx).updateTable('operator').where('id', '=', change.id);
  if ('lastLoginAt' in change) {
    await table.set({ last_login_at: change.lastLoginAt }).execute();
    return;
  }
  await table
    .set((eb) => ({
      ...('roles' in change
        ? { roles: JSON.stringify([...new Set(change.roles)]) }
        : { state: change.state }),
      version: eb('version', '+', 1),
    }))
    .execute();
}
