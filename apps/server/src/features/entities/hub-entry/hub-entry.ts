import { createHash } from 'node:crypto';
import { toBase64Url } from '@hufu/kernel';
import { type Executor, type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { EnterpriseCard } from '../../hub/index.ts';
import { type AccountRow, accountById, insertAccount } from '../accounts/account-store.ts';
import { admit } from '../admission/admission.ts';
import { enter } from '../admission/enter.ts';
import { mustBeOpen } from '../admission/find-account.ts';
import { landing } from '../admission/landing.ts';
import { mustBeGood } from '../admission/prove-certificate.ts';
import { browserOf, type Call, type EntityContext, originOf } from '../context.ts';
import type { AuditOrigin, EntityDeps } from '../deps.ts';
import { entityError } from '../errors.ts';
import { keyOf, touchKey, wasReplaced } from '../keys/key-store.ts';
import { recordKey } from '../keys/record-key.ts';
import { entityTables } from '../tables.ts';

/** OD-07: between 「确认登录」 and this door. */
const LIFETIME_MS = 60_000;

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

export type HubEntry = {
  readonly sessionId: string;
  readonly enterpriseId: string;
  readonly certificateId: string;
};

/** What the hub is given: 「确认登录」 to the library sends the browser here, once, with this session alone. */
export const createHubDoor = (deps: Pick<EntityDeps, 'clock' | 'random'>) => ({
  async enter(tx: Tx, { sessionId, enterpriseId, certificateId }: HubEntry): Promise<{ redirectTo: string }> {
    const code = toBase64Url(deps.random(32));
    await entityTables(tx)
      .insertInto('library_hub_entry')
      .values({
        code_sha256: digest(code),
        hub_session_id: sessionId,
        enterprise_id: enterpriseId,
        certificate_id: certificateId,
        expires_at: new Date(deps.clock.now() + LIFETIME_MS),
        used_at: null,
      })
      .execute();
    return { redirectTo: `/api/v1/library/hub-entry?code=${code}` };
  },
});

/**
 * From the hub's session to one of the library, without a second PIN: the hub has both confirmations (HUB-062,
 * HUB-063). An unknown entity gets its account here (OD-10); a key that is not on record is led to its activation.
 * @throws LIBRARY_HUB_ENTRY, LIBRARY_KEY_VOIDED, LIBRARY_KEY_REPLACED, LIBRARY_PRIMARY_FIRST, LIBRARY_ENTITY_MERGED
 * @returns the page to go on with
 */
export async function enterFromHub(
  context: EntityContext,
  { call, code }: { call: Call; code: string },
): Promise<string> {
  const { deps, peers } = context;
  const holder = await peers.hub.caller(call.request);
  if (holder.kind !== 'holder') throw entityError('LIBRARY_HUB_ENTRY');
  const now = new Date(deps.clock.now());
  const entry = await withTransaction(deps.database, (tx) =>
    entityTables(tx)
      .updateTable('library_hub_entry')
      .set({ used_at: now })
      .where('code_sha256', '=', digest(code))
      .where('hub_session_id', '=', holder.sessionId)
      .where('certificate_id', '=', holder.certificateId)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .returningAll()
      .executeTakeFirst(),
  );
  if (entry === undefined) throw entityError('LIBRARY_HUB_ENTRY');
  const { db } = deps.database;
  const keys = await peers.hub.records.boundKeys(db, holder.enterpriseId);
  const bound = keys.find(({ id }) => id === holder.certificateId);
  const enterprise = await peers.hub.records.byId(db, holder.enterpriseId);
  if (bound === undefined || enterprise === undefined) throw entityError('LIBRARY_HUB_ENTRY');
  const certificate = await deps.judge.read(bound.der);
  await mustBeGood(deps, certificate);
  const key = await keyOf(db, certificate);
  const account = await accountById(db, holder.enterpriseId);
  if (account !== undefined && key === undefined) {
    if (await wasReplaced(db, certificate.fingerprint)) throw entityError('LIBRARY_KEY_REPLACED');
    const { id } = await admit(deps, db, {
      purpose: 'ACTIVATE',
      browserSha256: browserOf(context, call.request),
      entityId: mustBeOpen(account).id,
      certificate,
      mediaNo: bound.mediaNo,
    });
    return `/library?admission=${id}`;
  }
  if (key?.state === 'VOIDED') throw entityError('LIBRARY_KEY_VOIDED');
  // Who was named second in the hub does not become first here by coming earlier.
  if (account === undefined && holder.role !== 'PRIMARY') throw entityError('LIBRARY_PRIMARY_FIRST');
  const from = originOf(context, call.request);
  const user = await userFromHub(context, enterprise.id);
  const entered = await withTransaction(deps.database, async (tx): Promise<AccountRow> => {
    const { fingerprint } = certificate;
    const first = await registerFromHub(context, tx, { enterprise, fingerprint, from });
    const recorded = await keyOf(tx, certificate);
    const own =
      recorded ??
      (await recordKey(deps, tx, {
        entityId: enterprise.id,
        certificate,
        mediaNo: bound.mediaNo,
        user,
        isPrimary: true,
        event: 'register',
        by: fingerprint,
        from,
      }));
    if (!(await touchKey(tx, { id: own.id, at: now }))) throw entityError('LIBRARY_KEY_VOIDED');
    await peers.hub.targetEntered(tx, {
      enterpriseId: enterprise.id,
      platformCode: LIBRARY_TARGET,
      certificateId: holder.certificateId,
    });
    await enter(context, tx, {
      call,
      entering: {
        account: first,
        method: 'HUB',
        keyId: own.id,
        fingerprint,
        notAfter: certificate.validTo,
      },
    });
    return first;
  });
  return landing(entered);
}

/** The library among the hub's targets (OD-06). */
export const LIBRARY_TARGET = 'entity-library';

type Registering = {
  readonly enterprise: EnterpriseCard;
  readonly fingerprint: string;
  readonly from: AuditOrigin;
};

/** OD-10: name, code and identity types from the hub; the entity goes on with its base information. */
async function registerFromHub(
  { deps }: EntityContext,
  tx: Tx,
  { enterprise, fingerprint, from }: Registering,
): Promise<AccountRow> {
  const { id, unitName, roles } = enterprise;
  const inserted = await insertAccount(tx, deps.cipher, {
    id,
    who: { kind: 'ORGANISATION', name: unitName, roles },
    registeredBy: 'HUB',
    applicant: undefined,
    at: new Date(deps.clock.now()),
  });
  if (inserted) {
    await deps.audit.record(tx, {
      actor: { kind: 'entity', id, certificate: fingerprint },
      action: 'entity.register',
      subject: { kind: 'entity', id },
      after: { state: 'REGISTERED_SIMPLE', kind: 'ORGANISATION', by: 'HUB', roles },
      entity: id,
      origin: from,
    });
    await deps.registered?.(tx, id);
  }
  return mustBeOpen(await accountById(tx, id));
}

/** 证书使用者 until somebody says otherwise: whom the hub knows as the enterprise's contact. */
async function userFromHub({ peers }: EntityContext, enterpriseId: string) {
  const { legalRep, phone } = await peers.hub.records.personalData(enterpriseId);
  return { holderName: legalRep, holderPhone: phone, holderIdNo: null };
}

export async function purgeHubEntries(executor: Executor, before: Date): Promise<void> {
  await entityTables(executor).deleteFrom('library_hub_entry').where('expires_at', '<', before).execute();
}
