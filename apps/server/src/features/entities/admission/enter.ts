import type { LibrarySession } from '@hufu/contracts';
import type { Tx } from '../../../infra/database/database.ts';
import { type AccountRow, updateAccount } from '../accounts/account-store.ts';
import { type Call, type EntityContext, originOf } from '../context.ts';
import { entityError } from '../errors.ts';
import type { Opening } from '../sessions/library-sessions.ts';
import { sessionView } from '../views.ts';

export type Entering = Omit<Opening, 'entityId' | 'identity'> & { readonly account: AccountRow };

/** OD-13: with exactly one identity there is nothing to choose. */
const onlyIdentity = ({ roles }: Pick<AccountRow, 'roles'>) => (roles.length === 1 ? roles[0]! : null);

/** Opens the session of a proved caller, in the transaction of what proved them. @returns the session's id */
export async function enter(
  context: Pick<EntityContext, 'deps' | 'sessions'>,
  tx: Tx,
  { call, entering: { account, ...opening } }: { call: Call; entering: Entering },
): Promise<string> {
  const { deps, sessions } = context;
  const at = new Date(deps.clock.now());
  await updateAccount(tx, account.id, { last_login_at: at, at: account.updated_at });
  const id = await sessions.open(tx, call, {
    ...opening,
    entityId: account.id,
    identity: onlyIdentity(account),
  });
  await deps.audit.record(tx, {
    actor: {
      kind: 'entity',
      id: account.id,
      ...(opening.fingerprint === null ? {} : { certificate: opening.fingerprint }),
    },
    action: 'library.login',
    subject: { kind: 'entity', id: account.id },
    after: { method: opening.method, key: opening.keyId ?? null, delegation: opening.delegationId ?? null },
    entity: account.id,
    origin: originOf(context, call.request),
  });
  return id;
}

/** After the transaction: what the page shows. */
export async function enteredView(
  { deps, sessions }: Pick<EntityContext, 'deps' | 'sessions'>,
  id: string,
  advice: readonly string[] = [],
): Promise<LibrarySession> {
  const live = await sessions.byId(id);
  if (live === undefined) throw entityError('LIBRARY_ADMISSION');
  return sessionView(deps, live, advice);
}
