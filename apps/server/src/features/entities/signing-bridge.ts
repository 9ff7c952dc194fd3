import type { BoundCertificate } from '@hufu/contracts';
import { CodedError } from '@hufu/kernel';
import type { FastifyRequest } from 'fastify';
import type { Executor } from '../../infra/database/database.ts';
import { auditOrigin } from '../../infra/http/caller-facts.ts';
import { ANONYMOUS, actorOf, type CallerFinder } from '../access/index.ts';
import type { BoundKey, EnterpriseRecords } from '../hub/index.ts';
import { accountById, accountByUscc } from './accounts/account-store.ts';
import type { EntityDeps } from './deps.ts';
import { type KeyRow, keysOf } from './keys/key-store.ts';
import { holderOf } from './letters/commitment-letter.ts';
import type { LibrarySessions } from './sessions/library-sessions.ts';
import { keyExpiry } from './views.ts';

/** The header by which a page of the library says whose session it means; a browser may hold both. */
const REALM_HEADER = 'x-hufu-realm';

/** Pictures and downloads, which a browser fetches itself, say it in their address; nothing that changes anything does. */
const asksForLibrary = ({ headers, method, url }: FastifyRequest): boolean =>
  headers[REALM_HEADER] === 'library' ||
  (method === 'GET' && new URL(url, 'http://localhost').searchParams.get('realm') === 'library');

/**
 * Who seals: the holder of the hub's session, or, for a page of the library, the key of the library's session. A
 * secondary key of the library only looks (KEY-016); people and delegates have no key of the entity.
 */
export const signingHolders =
  (deps: EntityDeps, sessions: LibrarySessions) =>
  (hub: CallerFinder): CallerFinder =>
  async (request) => {
    if (!asksForLibrary(request)) return hub(request);
    const caller = await sessions.caller(request);
    if (caller.kind !== 'member' || caller.keyId === null || caller.entityKind !== 'ORGANISATION') {
      return ANONYMOUS;
    }
    const isLook = request.method === 'GET' || request.method === 'HEAD';
    if (!isLook && (caller.standing !== 'PRIMARY' || caller.entityState === 'FROZEN')) {
      const code = caller.entityState === 'FROZEN' ? 'LIBRARY_ENTITY_FROZEN' : 'LIBRARY_PRIMARY_ONLY';
      await deps.audit.refused({
        actor: actorOf(caller),
        action: request.routeOptions.config.access?.id ?? 'signing',
        origin: auditOrigin(request, deps.sourceHash),
        code,
      });
      throw new CodedError(code);
    }
    return holderOf(caller);
  };

/** Names and keys of those who seal, whichever register knows them: the hub's first, the library's beside it. */
export function signingRecords(deps: EntityDeps, hub: EnterpriseRecords): EnterpriseRecords {
  const { db } = deps.database;
  const inForce = async (executor: Executor, entityId: string): Promise<KeyRow[]> =>
    (await keysOf(executor, entityId)).filter(({ state }) => state === 'SUBMITTED');
  return {
    async certificates(entityId) {
      const bound = await hub.certificates(entityId);
      const own = await inForce(db, entityId);
      const known = new Set(bound.map(({ fingerprint }) => fingerprint));
      return [
        ...bound,
        ...own
          .filter(({ fingerprint }) => !known.has(fingerprint))
          .map((row) => boundView(row, deps.clock.now())),
      ];
    },
    async personalData(entityId) {
      if ((await hub.byId(db, entityId)) !== undefined) return hub.personalData(entityId);
      const account = await accountById(db, entityId);
      const base = account && (await deps.basePerson?.(db, entityId));
      return base ?? hub.personalData(entityId);
    },
    async byId(executor, id) {
      const enterprise = await hub.byId(executor, id);
      if (enterprise?.bound === true) return enterprise;
      const account = await accountById(executor, id);
      if (account?.uscc == null || account.name === null) return enterprise;
      const { uscc, name, roles } = account;
      return { id, uscc, unitName: name, roles, bound: true };
    },
    async byUscc(executor, uscc) {
      const enterprise = await hub.byUscc(executor, uscc);
      if (enterprise?.bound === true) return enterprise;
      const account = await accountByUscc(executor, uscc);
      if (account === undefined || account.name === null) return enterprise;
      return { id: account.id, uscc, unitName: account.name, roles: account.roles, bound: true };
    },
    async boundKeys(executor, entityId) {
      const bound = await hub.boundKeys(executor, entityId);
      const known = new Set(bound.map(({ fingerprint }) => fingerprint));
      const own = await inForce(executor, entityId);
      return [...bound, ...own.filter(({ fingerprint }) => !known.has(fingerprint)).map(keyFrom)];
    },
  };
}

const keyFrom = (row: KeyRow): BoundKey => ({
  id: row.id,
  fingerprint: row.fingerprint,
  der: new Uint8Array(row.certificate),
  holderKind: row.holder_kind,
  mediaNo: row.media_no,
  validTo: row.valid_to,
});

function boundView(row: KeyRow, now: number): BoundCertificate {
  return {
    id: row.id,
    role: row.is_primary ? 'PRIMARY' : 'SECONDARY',
    serialNumber: row.serial_number,
    issuerName: row.issuer_name,
    authority: { id: row.authority_id, name: row.authority_name, phone: '' },
    unitName: row.unit_name,
    uscc: row.uscc,
    holderKind: row.holder_kind as BoundCertificate['holderKind'],
    certKeyNo: row.cert_key_no,
    medium: row.medium as BoundCertificate['medium'],
    mediaNo: row.media_no,
    validFrom: row.valid_from.toISOString(),
    validTo: row.valid_to.toISOString(),
    algorithm: row.algorithm,
    fingerprint: row.fingerprint,
    boundAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    status: keyExpiry(row.valid_to, now),
  };
}
