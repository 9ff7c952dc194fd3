import type { ChoiceForm, LibraryLogin, LibrarySession } from '@hufu/contracts';
import { withTransaction } from '../../../infra/database/database.ts';
import { accountById } from '../accounts/account-store.ts';
import { browserOf, type Call, type EntityContext, originOf } from '../context.ts';
import { delegationById, touchDelegation } from '../delegations/delegation-store.ts';
import { doorsOf, SELF } from '../delegations/doors.ts';
import { entityError } from '../errors.ts';
import { type KeyRow, keyOf, touchKey, wasReplaced } from '../keys/key-store.ts';
import { admit, admittedFor } from './admission.ts';
import { spendAdmission } from './admission-store.ts';
import { enter, enteredView } from './enter.ts';
import { findAccount, mustBeOpen } from './find-account.ts';
import { auditRefusals, mustBeGood, type Proved, proveCertificate } from './prove-certificate.ts';
import type { SentProof } from './sent-proof.ts';

type LoggingIn = { readonly call: Call; readonly proof: SentProof };

/**
 * Login by key (LIB-LOGIN-02). A key in force enters; one of a known entity that is not on record is led to its
 * activation (LIB-ACT-02); of an unknown one it is 证书未注册 (LIB-LOGIN-05).
 * @throws LIBRARY_NOT_REGISTERED, LIBRARY_NOT_ACTIVATED, LIBRARY_KEY_VOIDED, LIBRARY_KEY_REPLACED,
 *   LIBRARY_ENTITY_MERGED, and what refuses a proof
 */
export function logIn(context: EntityContext, { call, proof }: LoggingIn): Promise<LibraryLogin> {
  const { deps } = context;
  const from = originOf(context, call.request);
  return auditRefusals(deps, { action: 'library.login', from }, async (showed) => {
    const browserSha256 = browserOf(context, call.request);
    const proved = await proveCertificate(deps, { proof, act: 'library-login', browserSha256 });
    showed(proved.certificate);
    const key = await keyOf(deps.database.db, proved.certificate);
    if (key?.state === 'VOIDED') throw entityError('LIBRARY_KEY_VOIDED');
    if (key !== undefined && proved.bearer.kind === 'ORGANISATION') {
      return byKey(context, { call, key, proved });
    }
    if (proved.bearer.kind === 'NATURAL_PERSON') return byPerson(context, { call, key, proved });
    return toActivation(context, { call, proved });
  });
}

type Known = { readonly call: Call; readonly proved: Proved; readonly key?: KeyRow | undefined };

async function byKey(
  context: EntityContext,
  { call, key, proved }: Known & { readonly key: KeyRow },
): Promise<LibraryLogin> {
  const { deps } = context;
  const sessionId = await withTransaction(deps.database, async (tx) => {
    const account = mustBeOpen(await accountById(tx, key.entity_id));
    // Voided between the look and the write: a session opened now would outlive the key.
    if (!(await touchKey(tx, { id: key.id, at: new Date(deps.clock.now()) }))) {
      throw entityError('LIBRARY_KEY_VOIDED');
    }
    const { fingerprint, validTo } = proved.certificate;
    return enter(context, tx, {
      call,
      entering: { account, method: 'KEY', keyId: key.id, fingerprint, notAfter: validTo },
    });
  });
  return loggedIn(context, sessionId, proved);
}

const loggedIn = async (
  context: EntityContext,
  sessionId: string,
  { advice }: Proved,
): Promise<LibraryLogin> => ({
  outcome: 'LOGGED_IN',
  session: await enteredView(context, sessionId, advice),
  admission: null,
});

/** A person has an account of their own, or acts for others, or both. */
async function byPerson(context: EntityContext, { call, key, proved }: Known): Promise<LibraryLogin> {
  const { deps } = context;
  const doors = await doorsOf(deps, deps.database.db, proved.bearer);
  const hasAccount = doors.some(({ id }) => id === SELF);
  if (hasAccount && key === undefined) return toActivation(context, { call, proved });
  const [only] = doors;
  if (doors.length > 1) {
    const browserSha256 = browserOf(context, call.request);
    const { certificate, mediaNo } = proved;
    const admission = await admit(deps, deps.database.db, {
      purpose: 'CHOOSE',
      browserSha256,
      entityId: null,
      certificate,
      mediaNo,
    });
    return { outcome: 'CHOOSE', session: null, admission };
  }
  if (only === undefined) throw entityError('LIBRARY_NOT_REGISTERED');
  if (only.id === SELF) return byKey(context, { call, key: key!, proved });
  return loggedIn(context, await enterByDelegation(context, { call, proved, delegationId: only.id }), proved);
}

/** @throws LIBRARY_CHOICE when the delegation is not this person's, or has ended */
async function enterByDelegation(
  context: EntityContext,
  { call, proved, delegationId }: Omit<Known, 'key'> & { readonly delegationId: string },
): Promise<string> {
  const { deps } = context;
  const { certificate, bearer } = proved;
  return withTransaction(deps.database, async (tx) => {
    const doors = await doorsOf(deps, tx, bearer);
    const at = new Date(deps.clock.now());
    const isOpen =
      doors.some(({ id }) => id === delegationId) && (await touchDelegation(tx, { id: delegationId, at }));
    if (!isOpen) throw entityError('LIBRARY_CHOICE');
    const { entity_id: entityId } = (await delegationById(tx, delegationId))!;
    return enter(context, tx, {
      call,
      entering: {
        account: mustBeOpen(await accountById(tx, entityId)),
        method: 'KEY',
        delegationId,
        fingerprint: certificate.fingerprint,
        notAfter: certificate.validTo,
      },
    });
  });
}

/** LIB-ACT-02, LIB-ACT-06. */
async function toActivation(
  context: EntityContext,
  { call, proved }: Omit<Known, 'key'>,
): Promise<LibraryLogin> {
  const { deps } = context;
  const { db } = deps.database;
  const { certificate, bearer, mediaNo } = proved;
  if (await wasReplaced(db, certificate.fingerprint)) throw entityError('LIBRARY_KEY_REPLACED');
  const account = await findAccount(db, bearer);
  if (account === undefined) {
    const mustComeByHub = bearer.kind === 'ORGANISATION' && deps.libEntry === 'HUB_FIRST';
    throw entityError(mustComeByHub ? 'LIBRARY_NOT_ACTIVATED' : 'LIBRARY_NOT_REGISTERED');
  }
  const browserSha256 = browserOf(context, call.request);
  const admission = await admit(deps, db, {
    purpose: 'ACTIVATE',
    browserSha256,
    entityId: account.id,
    certificate,
    mediaNo,
  });
  return { outcome: 'ACTIVATE', session: null, admission };
}

/** Of several that a person may enter as, the chosen one. @throws LIBRARY_ADMISSION, LIBRARY_CHOICE */
export function choose(
  context: EntityContext,
  { call, form }: { readonly call: Call; readonly form: ChoiceForm },
): Promise<LibrarySession> {
  const { deps } = context;
  const from = originOf(context, call.request);
  return auditRefusals(deps, { action: 'library.login', from }, async (showed) => {
    const { row, certificate, bearer } = await admittedFor(deps, {
      id: form.admissionId,
      browserSha256: browserOf(context, call.request),
      purposes: ['CHOOSE'],
    });
    showed(certificate);
    const advice = await mustBeGood(deps, certificate);
    const proved: Proved = { certificate, bearer, mediaNo: row.media_no, advice };
    const spent = await withTransaction(deps.database, (tx) =>
      spendAdmission(tx, { id: row.id, now: new Date(deps.clock.now()) }),
    );
    if (!spent) throw entityError('LIBRARY_ADMISSION');
    if (form.door !== SELF) {
      const id = await enterByDelegation(context, { call, proved, delegationId: form.door });
      return enteredView(context, id, advice);
    }
    const key = await keyOf(deps.database.db, certificate);
    if (key?.state !== 'SUBMITTED') throw entityError('LIBRARY_CHOICE');
    const { session } = await byKey(context, { call, key, proved });
    return session!;
  });
}
