import type { PhoneScope } from '@hufu/contracts';
import type { Executor } from '../../../infra/database/database.ts';
import { livePerson } from '../people/person-store.ts';
import { phoneTables } from '../tables.ts';
import type { CertificateRow } from './certificate-store.ts';

/** What a user is to a certificate. */
export type Standing =
  | { readonly kind: 'HOLDER' }
  | { readonly kind: 'GRANTED'; readonly scopes: readonly PhoneScope[] }
  | { readonly kind: 'NONE' };

/** Whose personal certificate it is, and the enterprise's administrator, need no grant. */
export async function standingOf(
  executor: Executor,
  certificate: Pick<CertificateRow, 'id' | 'entity_id' | 'user_id'>,
  userId: string,
): Promise<Standing> {
  if (certificate.entity_id === null) {
    return certificate.user_id === userId ? { kind: 'HOLDER' } : { kind: 'NONE' };
  }
  const person = await livePerson(executor, { entityId: certificate.entity_id, userId });
  if (person === undefined) return { kind: 'NONE' };
  if (person.role === 'ADMIN') return { kind: 'HOLDER' };
  const grants = await phoneTables(executor)
    .selectFrom('phone_grant')
    .select('scope')
    .where('person_id', '=', person.id)
    .where('certificate_id', '=', certificate.id)
    .where('revoked_at', 'is', null)
    .orderBy('scope')
    .execute();
  return grants.length === 0
    ? { kind: 'NONE' }
    : { kind: 'GRANTED', scopes: grants.map(({ scope }) => scope) };
}
