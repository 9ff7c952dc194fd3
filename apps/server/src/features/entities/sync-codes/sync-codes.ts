import { toBase64Url } from '@hufu/kernel';
import type { AuditActor, AuditOrigin } from '../../../infra/audit/audit.ts';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { accountById, lockAccount } from '../accounts/account-store.ts';
import { stateOf } from '../accounts/directory.ts';
import type { EntityDeps } from '../deps.ts';
import { entityError } from '../errors.ts';
import { grouped, newCode, normalised } from './code.ts';
import {
  activeCode,
  codeByHash,
  endCode,
  failed,
  forgive,
  insertCode,
  lockOf,
  type SyncCodeRow,
} from './sync-code-store.ts';

/** OD-16. */
const LIFETIME_MS = 24 * 3_600_000;
const MOST_FAILURES = 5;
const LOCK_MS = 15 * 60_000;

export type Spending = {
  /** As the platform's user typed it. */
  readonly code: string;
  /** Who is to be synchronised: a code of anybody else is wrong. */
  readonly uscc: string;
  readonly platformCode: string;
  /** Name or number of the user at the platform, whose wrong entries are counted. */
  readonly platformUser: string;
  readonly actor: AuditActor;
  readonly origin?: AuditOrigin;
};

export type Spent =
  | { readonly ok: true; readonly entityId: string; readonly syncCodeId: string }
  | { readonly ok: false; readonly code: 'SYNC_CODE_WRONG' }
  | { readonly ok: false; readonly code: 'SYNC_CODE_LOCKED'; readonly lockedUntil: Date };

/** 同步码 for the feature that serves platforms. */
export type SyncCodes = {
  /**
   * One pull by one platform. A verdict, not an error: the count of wrong entries has to be committed with the
   * transaction, after which the caller refuses with the code.
   */
  spend(tx: Tx, spending: Spending): Promise<Spent>;
};

type ShownCode = {
  readonly code: string | null;
  readonly issuedAt: Date | null;
  readonly expiresAt: Date | null;
};
const NONE: ShownCode = { code: null, issuedAt: null, expiresAt: null };

const codePlace = (id: string): string => `library_sync_code.code:${id}`;
const hashOf = ({ cipher }: Pick<EntityDeps, 'cipher'>, code: string) =>
  cipher.index(code, 'library_sync_code.code');

/** The code that is in force, or none. Codes come into being when they are first asked for. */
export async function currentCode(
  deps: Pick<EntityDeps, 'cipher' | 'clock'>,
  executor: Executor,
  entityId: string,
): Promise<ShownCode> {
  const row = await activeCode(executor, entityId);
  if (row === undefined || row.expires_at.getTime() <= deps.clock.now()) return NONE;
  return shown(deps, row);
}

const shown = ({ cipher }: Pick<EntityDeps, 'cipher'>, row: SyncCodeRow): ShownCode => ({
  code: grouped(cipher.open(row.code_sealed, codePlace(row.id))),
  issuedAt: row.issued_at,
  expiresAt: row.expires_at,
});

type Renewing = {
  readonly entityId: string;
  readonly actor: AuditActor;
  readonly origin?: AuditOrigin;
};

/**
 * A new code; the former is void from this moment (SM-SYNCCODE).
 * @throws LIBRARY_INCOMPLETE, LIBRARY_ENTITY_FROZEN, LIBRARY_UNKNOWN
 */
export async function renewCode(
  deps: EntityDeps,
  tx: Tx,
  { entityId, actor, origin }: Renewing,
): Promise<ShownCode> {
  const account = await lockAccount(tx, entityId);
  if (account === undefined) throw entityError('LIBRARY_UNKNOWN');
  const state = stateOf(account);
  if (state === 'FROZEN') throw entityError('LIBRARY_ENTITY_FROZEN');
  if (state !== 'ACTIVE') throw entityError('LIBRARY_INCOMPLETE');
  const now = deps.clock.now();
  const at = new Date(now);
  const former = await activeCode(tx, entityId);
  if (former !== undefined) await endCode(tx, { id: former.id, state: 'REPLACED', at });
  const code = newCode(deps.random);
  const id = toBase64Url(deps.random(16));
  const row: SyncCodeRow = {
    id,
    entity_id: entityId,
    code_hash: hashOf(deps, code),
    code_sealed: deps.cipher.seal(code, codePlace(id)),
    state: 'ACTIVE',
    issued_at: at,
    expires_at: new Date(now + LIFETIME_MS),
    ended_at: null,
    platform_code: null,
  };
  await insertCode(tx, row);
  await deps.audit.record(tx, {
    actor,
    action: 'synccode.issue',
    subject: { kind: 'sync-code', id },
    before: { former: former?.id ?? null },
    after: { state: 'ACTIVE', expiresAt: row.expires_at.toISOString() },
    entity: entityId,
    ...(origin && { origin }),
  });
  return shown(deps, row);
}

export const createSyncCodes = (deps: EntityDeps): SyncCodes => ({
  async spend(tx, spending) {
    const now = deps.clock.now();
    const user = {
      platformCode: spending.platformCode,
      userHash: deps.cipher.index(spending.platformUser, 'library_sync_failure.user'),
    };
    // Held: wrong entries of one user follow each other, so that none is tried beside the count.
    const lock = await lockOf(tx, user);
    if (lock?.locked_until != null && lock.locked_until.getTime() > now) {
      return { ok: false, code: 'SYNC_CODE_LOCKED', lockedUntil: lock.locked_until };
    }
    const row = await matching(deps, tx, spending);
    if (row === undefined) {
      const lockedUntil = await failed(tx, user, {
        at: new Date(now),
        most: MOST_FAILURES,
        lockedUntil: new Date(now + LOCK_MS),
      });
      return lockedUntil === null
        ? { ok: false, code: 'SYNC_CODE_WRONG' }
        : { ok: false, code: 'SYNC_CODE_LOCKED', lockedUntil };
    }
    await forgive(tx, user);
    return consume(deps, tx, { row, spending, now });
  },
});

async function matching(
  deps: EntityDeps,
  tx: Tx,
  { code, uscc }: Spending,
): Promise<SyncCodeRow | undefined> {
  const typed = normalised(code);
  if (typed === undefined) return undefined;
  const row = await codeByHash(tx, hashOf(deps, typed));
  if (row?.state !== 'ACTIVE' || row.expires_at.getTime() <= deps.clock.now()) return undefined;
  const account = await accountById(tx, row.entity_id);
  return account !== undefined && account.uscc === uscc && stateOf(account) === 'ACTIVE' ? row : undefined;
}

async function consume(
  deps: EntityDeps,
  tx: Tx,
  { row, spending, now }: { row: SyncCodeRow; spending: Spending; now: number },
): Promise<Spent> {
  const { platformCode, actor, origin } = spending;
  const at = new Date(now);
  // Of two platforms with the same code the second gets nothing.
  const ended = await endCode(tx, { id: row.id, state: 'CONSUMED', platformCode, at });
  if (!ended) return { ok: false, code: 'SYNC_CODE_WRONG' };
  await deps.audit.record(tx, {
    actor,
    action: 'synccode.spend',
    subject: { kind: 'sync-code', id: row.id },
    before: { state: 'ACTIVE' },
    after: { state: 'CONSUMED', platform: platformCode },
    entity: row.entity_id,
    ...(origin && { origin }),
  });
  // CONSUMED → new ACTIVE: the next sync needs no visit to this page.
  await renewCode(deps, tx, { entityId: row.entity_id, actor: { kind: 'system' } });
  return { ok: true, entityId: row.entity_id, syncCodeId: row.id };
}
