import type { Delegation, DelegationForm } from '@hufu/contracts';
import { addDays, maskIdNumber, maskName, shanghaiInstant, shanghaiParts, toBase64Url } from '@hufu/kernel';
import { withTransaction } from '../../../infra/database/database.ts';
import type { Member } from '../../access/index.ts';
import { idNoHash } from '../accounts/bearer.ts';
import type { AuditOrigin, EntityDeps } from '../deps.ts';
import { entityError } from '../errors.ts';
import { holdAsPrimary } from '../keys/hold-key.ts';
import { endSessionsOfDelegation } from '../sessions/session-store.ts';
import {
  closeExpired,
  type DelegationRow,
  delegationById,
  insertDelegation,
  personOf,
  revoke,
  sealPerson,
} from './delegation-store.ts';

const LONGEST_DAYS = 365;
/** 权限管理 itself is the primary's: who could delegate it could delegate everything. */
const NOT_TO_BE_GRANTED: ReadonlySet<string> = new Set(['keys']);

type Order = { readonly member: Member; readonly from: AuditOrigin };

/**
 * A person may act for the entity with an individual certificate of their own, in some modules, until a day. Nobody
 * grants what they lack.
 * @throws LIBRARY_DELEGATION_BEYOND, LIBRARY_DELEGATION_TERM, LIBRARY_DELEGATION_EXISTS, LIBRARY_PRIMARY_ONLY
 */
export async function delegate(
  deps: EntityDeps,
  { member, form, from }: Order & { readonly form: DelegationForm },
): Promise<DelegationRow> {
  const modules = [...new Set(form.modules)].toSorted();
  const isBeyond = (name: string) =>
    !deps.modules.has(name) ||
    NOT_TO_BE_GRANTED.has(name) ||
    (member.modules !== 'all' && !member.modules.includes(name));
  if (modules.some(isBeyond)) throw entityError('LIBRARY_DELEGATION_BEYOND', { field: 'modules' });
  const expiresAt = endOf(form.until, deps.clock.now());
  const person = { name: form.personName, idNo: form.personIdNo };
  const personHash = idNoHash(deps.cipher, person.idNo);
  const id = toBase64Url(deps.random(16));
  return withTransaction(deps.database, async (tx) => {
    const { own } = await holdAsPrimary(tx, member);
    await closeExpired(tx, { entityId: member.entityId, at: new Date(deps.clock.now()) });
    const inserted = await insertDelegation(tx, {
      id,
      entity_id: member.entityId,
      person_sealed: sealPerson(deps.cipher, id, person),
      person_masked: maskName(person.name),
      person_hash: personHash,
      modules: JSON.stringify(modules),
      granted_by: own.id,
      granted_at: new Date(deps.clock.now()),
      expires_at: expiresAt,
      revoked_at: null,
      revoked_reason: null,
      last_used_at: null,
    });
    if (!inserted) throw entityError('LIBRARY_DELEGATION_EXISTS');
    await deps.audit.record(tx, {
      actor: { kind: 'entity', id: member.entityId, certificate: own.fingerprint },
      action: 'delegation.grant',
      subject: { kind: 'delegation', id },
      after: { modules, expiresAt: expiresAt.toISOString() },
      disclose: { personName: person.name, personIdNo: person.idNo },
      entity: member.entityId,
      origin: from,
    });
    return (await delegationById(tx, id))!;
  });
}

/** The named day is its last. @throws LIBRARY_DELEGATION_TERM */
function endOf(until: string, now: number): Date {
  const today = shanghaiParts(now).date;
  if (until <= today || until > addDays(today, LONGEST_DAYS)) {
    throw entityError('LIBRARY_DELEGATION_TERM', { field: 'until' });
  }
  return new Date(shanghaiInstant(addDays(until as typeof today, 1)));
}

/** Ends it at once, with its sessions. Idempotent. @throws LIBRARY_UNKNOWN, LIBRARY_PRIMARY_ONLY */
export async function revokeDelegation(
  deps: EntityDeps,
  { id, reason, member, from }: Order & { readonly id: string; readonly reason: string },
): Promise<DelegationRow> {
  return withTransaction(deps.database, async (tx) => {
    const { own } = await holdAsPrimary(tx, member);
    const row = await delegationById(tx, id);
    if (row?.entity_id !== member.entityId) throw entityError('LIBRARY_UNKNOWN');
    const at = new Date(deps.clock.now());
    if (await revoke(tx, { id, reason, at })) {
      await endSessionsOfDelegation(tx, { delegationId: id, at });
      await deps.audit.record(tx, {
        actor: { kind: 'entity', id: member.entityId, certificate: own.fingerprint },
        action: 'delegation.revoke',
        subject: { kind: 'delegation', id },
        before: { modules: row.modules, expiresAt: row.expires_at.toISOString() },
        after: { state: 'REVOKED' },
        reason,
        entity: member.entityId,
        origin: from,
      });
    }
    return (await delegationById(tx, id))!;
  });
}

export function delegationView(deps: Pick<EntityDeps, 'cipher' | 'clock'>, row: DelegationRow): Delegation {
  const person = personOf(deps.cipher, row);
  const ended = row.expires_at.getTime() <= deps.clock.now() ? 'EXPIRED' : 'GRANTED';
  return {
    id: row.id,
    personName: person.name,
    personIdNo: maskIdNumber(person.idNo),
    modules: row.modules,
    state: row.revoked_at === null ? ended : 'REVOKED',
    grantedAt: row.granted_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    revokedReason: row.revoked_reason,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}
