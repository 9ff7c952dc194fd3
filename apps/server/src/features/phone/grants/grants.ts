import type { PhoneGrant, PhoneScope, PhoneScopeEntry } from '@hufu/contracts';
import type { AuditOrigin } from '../../../infra/audit/audit.ts';
import { type Executor, withTransaction } from '../../../infra/database/database.ts';
import type { PhoneUser } from '../../access/index.ts';
import { certificateBy, stateAt } from '../certificates/certificate-store.ts';
import { personActor } from '../context.ts';
import { nowOf, type PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import { HALF_QUEUE, halvesOfCertificates, holdHalves, releaseHalves } from '../halves/half-store.ts';
import { notify } from '../messages/messages.ts';
import { mustAdminister, mustBelong } from '../people/person-store.ts';
import { phoneTables } from '../tables.ts';
import { nameOf } from '../users.ts';

const OWN_SCOPES: readonly PhoneScopeEntry[] = [
  { scope: 'ALL', name: '全部平台', nameEn: 'Everywhere' },
  { scope: 'HUB', name: 'CA互认系统', nameEn: 'Hub' },
  { scope: 'LIBRARY', name: '主体信息库', nameEn: 'Entity library' },
];

/** Where a grant can count. */
export const listScopes = async ({ platforms }: Pick<PhoneDeps, 'platforms'>): Promise<PhoneScopeEntry[]> => [
  ...OWN_SCOPES,
  ...(await platforms()).map(({ code, name, nameEn }) => ({ scope: code, name, nameEn })),
];

const grants = (executor: Executor) =>
  phoneTables(executor)
    .selectFrom('phone_grant as g')
    .innerJoin('phone_certificate as c', 'c.id', 'g.certificate_id')
    .innerJoin('phone_person as p', 'p.id', 'g.person_id')
    .innerJoin('phone_user as u', 'u.id', 'p.user_id')
    .innerJoin('phone_user as b', 'b.id', 'g.granted_by')
    .leftJoin('phone_user as r', 'r.id', 'g.revoked_by')
    .selectAll('g')
    .select(['c.serial_number', 'c.state', 'c.valid_to', 'p.entity_id', 'p.user_id'])
    .select(['u.name_sealed', 'u.name_masked', 'u.phone_masked'])
    .select(['b.name_sealed as by_sealed', 'b.name_masked as by_name', 'b.phone_masked as by_phone'])
    .select(['r.name_sealed as end_sealed', 'r.name_masked as end_name', 'r.phone_masked as end_phone']);

type Row = Awaited<ReturnType<ReturnType<typeof grants>['execute']>>[number];

type Reader = {
  readonly scopes: ReadonlyMap<string, string>;
  /** The administrator knows their people by name; everybody else sees them masked. */
  readonly isAdmin: boolean;
};

function viewOf(
  deps: Pick<PhoneDeps, 'cipher' | 'clock'>,
  row: Row,
  { scopes, isAdmin }: Reader,
): PhoneGrant {
  const named = (id: string, sealed: string | null, masked: string | null): string | null =>
    (isAdmin ? nameOf(deps.cipher, { id, name_sealed: sealed }) : null) ?? masked;
  return {
    id: row.id,
    certificate: {
      id: row.certificate_id,
      serialNumber: row.serial_number,
      state: stateAt(row, deps.clock.now()),
    },
    person: {
      id: row.person_id,
      name: named(row.user_id, row.name_sealed, row.name_masked) ?? row.phone_masked,
    },
    scope: row.scope,
    scopeName: scopes.get(row.scope) ?? row.scope,
    state: row.revoked_at === null ? 'GRANTED' : 'REVOKED',
    grantedAt: row.granted_at.toISOString(),
    grantedBy: named(row.granted_by, row.by_sealed, row.by_name) ?? row.by_phone,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    revokedBy:
      row.revoked_by === null ? null : (named(row.revoked_by, row.end_sealed, row.end_name) ?? row.end_phone),
    endedBy: row.ended_by,
  };
}

const namesOf = async (deps: PhoneDeps) =>
  new Map((await listScopes(deps)).map(({ scope, name }) => [scope as string, name]));

type Asked = {
  readonly entityId: string;
  readonly userId: string;
  readonly scope?: PhoneScope | undefined;
  readonly personId?: string | undefined;
  readonly certificateId?: string | undefined;
  readonly state?: 'GRANTED' | 'REVOKED' | undefined;
};

/**
 * 授权管理 by platform and by person, with 历史授权记录 (MOB-048, MOB-049). A person sees their own, the administrator all.
 * @throws PHONE_UNKNOWN
 */
export async function listGrants(deps: PhoneDeps, asked: Asked): Promise<PhoneGrant[]> {
  const { db } = deps.database;
  const { entityId, userId, scope, personId, certificateId, state } = asked;
  const me = await mustBelong(db, { entityId, userId });
  const rows = await grants(db)
    .where('p.entity_id', '=', entityId)
    .$if(me.role !== 'ADMIN', (query) => query.where('p.user_id', '=', userId))
    .$if(scope !== undefined, (query) => query.where('g.scope', '=', scope!))
    .$if(personId !== undefined, (query) => query.where('g.person_id', '=', personId!))
    .$if(certificateId !== undefined, (query) => query.where('g.certificate_id', '=', certificateId!))
    .$if(state !== undefined, (query) =>
      query.where('g.revoked_at', state === 'GRANTED' ? 'is' : 'is not', null),
    )
    .orderBy('g.granted_at', 'desc')
    .orderBy('g.id', 'desc')
    .limit(500)
    .execute();
  const reader = { scopes: await namesOf(deps), isAdmin: me.role === 'ADMIN' };
  return rows.map((row) => viewOf(deps, row, reader));
}

type Granting = {
  readonly entityId: string;
  readonly user: PhoneUser;
  readonly form: {
    readonly certificateId: string;
    readonly personId: string;
    readonly scopes: readonly PhoneScope[];
  };
  readonly from: AuditOrigin;
};

/**
 * 授权 (MOB-047): the administrator alone; for a certificate of the enterprise that is in force, to a person of the
 * enterprise.
 * @throws PHONE_ADMIN_ONLY, PHONE_UNKNOWN, PHONE_CERTIFICATE_STATE, PHONE_GRANT_SELF, PHONE_SCOPE_UNKNOWN, PHONE_GRANTED_ALREADY
 */
export async function grant(
  deps: PhoneDeps,
  { entityId, user, form, from }: Granting,
): Promise<PhoneGrant[]> {
  const names = await namesOf(deps);
  if (form.scopes.some((scope) => !names.has(scope))) throw phoneError('PHONE_SCOPE_UNKNOWN');
  const given = await withTransaction(deps.database, async (tx) => {
    const admin = await mustAdminister(tx, { entityId, userId: user.userId });
    const certificate = await certificateBy(tx, 'id', form.certificateId);
    if (certificate?.entity_id !== entityId) throw phoneError('PHONE_UNKNOWN');
    const now = deps.clock.now();
    if (stateAt(certificate, now) !== 'EFFECTIVE') throw phoneError('PHONE_CERTIFICATE_STATE');
    const person = await phoneTables(tx)
      .selectFrom('phone_person')
      .selectAll()
      .where('id', '=', form.personId)
      .where('entity_id', '=', entityId)
      .where('until', 'is', null)
      .executeTakeFirst();
    if (person === undefined) throw phoneError('PHONE_UNKNOWN');
    if (person.id === admin.id) throw phoneError('PHONE_GRANT_SELF');
    const at = nowOf(deps);
    const ids: string[] = [];
    for (const scope of new Set(form.scopes)) {
      const made = await phoneTables(tx)
        .insertInto('phone_grant')
        .values({
          id: deps.newId(),
          certificate_id: certificate.id,
          person_id: person.id,
          scope,
          granted_by: user.userId,
          granted_at: at,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['certificate_id', 'person_id', 'scope'])
            .where('revoked_at', 'is', null)
            .doNothing(),
        )
        .returning('id')
        .executeTakeFirst();
      if (made !== undefined) ids.push(made.id);
    }
    if (ids.length === 0) throw phoneError('PHONE_GRANTED_ALREADY');
    const halves = (await halvesOfCertificates(tx, [certificate.id])).filter(
      (half) => half.user_id === person.user_id,
    );
    await releaseHalves(deps, tx, { ids: halves.map(({ id }) => id), why: 'GRANT' });
    for (const id of ids) {
      await deps.audit.record(tx, {
        actor: personActor(user),
        action: 'phone.grant',
        subject: { kind: 'phone-grant', id },
        after: { certificate: certificate.id, person: person.id },
        entity: entityId,
        origin: from,
      });
    }
    await notify(deps, tx, {
      kind: 'GRANTED',
      to: { userId: person.user_id },
      facts: { entityId, certificateId: certificate.id, scopes: [...new Set(form.scopes)].join(',') },
      once: ids[0]!,
    });
    return grants(tx).where('g.id', 'in', ids).orderBy('g.scope').execute();
  });
  deps.outbox.poke(HALF_QUEUE);
  return given.map((row) => viewOf(deps, row, { scopes: names, isAdmin: true }));
}

/**
 * The delete icon of 历史授权记录: ends a grant. Every later scan is refused (MOB-050); with the last grant the vault
 * holds the person's halves as well.
 * @throws PHONE_UNKNOWN, PHONE_ADMIN_ONLY, PHONE_ANSWERED
 */
export async function revokeGrant(
  deps: PhoneDeps,
  { id, user, from }: { readonly id: string; readonly user: PhoneUser; readonly from: AuditOrigin },
): Promise<PhoneGrant> {
  const names = await namesOf(deps);
  const ended = await withTransaction(deps.database, async (tx) => {
    const row = await grants(tx).where('g.id', '=', id).executeTakeFirst();
    if (row === undefined) throw phoneError('PHONE_UNKNOWN');
    await mustAdminister(tx, { entityId: row.entity_id, userId: user.userId });
    const { numUpdatedRows } = await phoneTables(tx)
      .updateTable('phone_grant')
      .set({ revoked_at: nowOf(deps), revoked_by: user.userId, ended_by: 'ADMIN' })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw phoneError('PHONE_ANSWERED');
    const left = await phoneTables(tx)
      .selectFrom('phone_grant')
      .select('id')
      .where('certificate_id', '=', row.certificate_id)
      .where('person_id', '=', row.person_id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (left === undefined) {
      const halves = (await halvesOfCertificates(tx, [row.certificate_id])).filter(
        (half) => half.user_id === row.user_id,
      );
      await holdHalves(deps, tx, { ids: halves.map((half) => half.id), why: 'GRANT' });
    }
    await deps.audit.record(tx, {
      actor: personActor(user),
      action: 'phone.revoke-grant',
      subject: { kind: 'phone-grant', id },
      after: { certificate: row.certificate_id, person: row.person_id },
      entity: row.entity_id,
      origin: from,
    });
    await notify(deps, tx, {
      kind: 'GRANT_REVOKED',
      to: { userId: row.user_id },
      facts: { entityId: row.entity_id, certificateId: row.certificate_id, scopes: row.scope },
      once: id,
    });
    return grants(tx).where('g.id', '=', id).executeTakeFirstOrThrow();
  });
  deps.outbox.poke(HALF_QUEUE);
  return viewOf(deps, ended, { scopes: names, isAdmin: true });
}
