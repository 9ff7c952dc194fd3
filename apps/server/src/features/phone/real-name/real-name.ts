import { createHash } from 'node:crypto';
import { CodedError, parseIdCard } from '@hufu/kernel';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { Citizen, PeopleProvider } from '../../../infra/people/people-provider.ts';
import { liveOf, type PhoneContext, personActor } from '../context.ts';
import { type Call, nowOf, originOf, type PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import { phoneTables } from '../tables.ts';
import { keepRealName } from '../users.ts';

/** Between leaving and coming back: a person types a password and perhaps a code. */
const LIFETIME_MS = 10 * 60_000;

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const verifierPlace = (stateSha256: string) => `phone_real_name.verifier:${stateSha256}`;

function providerOf({ realNames }: PhoneDeps): PeopleProvider {
  if (realNames === undefined) throw phoneError('PHONE_REAL_NAME_OFF');
  return realNames;
}

/** 去认证 (MOB-003): sends the browser to the provider. @throws PHONE_REAL_NAME_OFF, PHONE_REAL_NAME_FAILED */
export async function startRealName(
  { deps }: PhoneContext,
  sessionId: string,
): Promise<{ readonly redirectTo: string }> {
  const { url, state, nonce, verifier } = await providerOf(deps).start();
  const stateSha256 = digest(state);
  await phoneTables(deps.database.db)
    .insertInto('phone_real_name')
    .values({
      state_sha256: stateSha256,
      session_id: sessionId,
      nonce,
      verifier_sealed: deps.cipher.seal(verifier, verifierPlace(stateSha256)),
      expires_at: new Date(deps.clock.now() + LIFETIME_MS),
    })
    .execute();
  return { redirectTo: url };
}

/** Spends it: an answer that comes twice, or in another session, finds nothing. */
const spend = (
  tx: Tx,
  { stateSha256, sessionId, now }: { stateSha256: string; sessionId: string; now: Date },
) =>
  phoneTables(tx)
    .updateTable('phone_real_name')
    .set({ used_at: now })
    .where('state_sha256', '=', stateSha256)
    .where('session_id', '=', sessionId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst();

/**
 * The browser comes back into the session that left; the code is exchanged with our secret and the verifier, the token
 * carries our nonce. Also whoever is verified may come again: a device that was found is released by it.
 * @throws PHONE_REAL_NAME_FAILED, PHONE_REAL_NAME_WEAK, PHONE_REAL_NAME_OTHER, PHONE_REAL_NAME_TAKEN
 */
export async function finishRealName(context: PhoneContext, { request }: Call): Promise<void> {
  const { deps } = context;
  const provider = providerOf(deps);
  const live = await liveOf(context, request);
  const answer = new URL(request.url, deps.origin);
  const state = answer.searchParams.get('state') ?? '';
  const stateSha256 = digest(state);
  const left = await withTransaction(deps.database, (tx) =>
    spend(tx, { stateSha256, sessionId: live.id, now: nowOf(deps) }),
  );
  if (left === undefined) throw phoneError('PHONE_REAL_NAME_FAILED');
  const verifier = deps.cipher.open(left.verifier_sealed, verifierPlace(stateSha256));
  const citizen = await provider.finish(answer, { state, nonce: left.nonce, verifier });
  if (citizen.kind === 'organisation' || !citizen.verified) throw phoneError('PHONE_REAL_NAME_WEAK');
  const idNo = verifiedIdNo(citizen, deps.clock.now());
  const at = nowOf(deps);
  await withTransaction(deps.database, async (tx) => {
    const { isNew } = await keepRealName(tx, deps.cipher, {
      id: live.userId,
      name: citizen.name,
      idNo,
      at,
    });
    await phoneTables(tx)
      .updateTable('phone_session')
      .set({ real_name_at: at })
      .where('id', '=', live.id)
      .execute();
    await deps.audit.record(tx, {
      actor: personActor(live),
      action: isNew ? 'phone.verify' : 'phone.verify-again',
      subject: { kind: 'phone-user', id: live.userId },
      ...(isNew ? { disclose: { personName: citizen.name, personIdNo: idNo } } : {}),
      origin: originOf(deps, request),
    });
  });
}

/** A number that does not pass its own check is no identity, whoever says so. */
function verifiedIdNo({ idNo }: Citizen, now: number): string {
  try {
    return parseIdCard(idNo, now).number;
  } catch (error) {
    if (error instanceof CodedError) throw phoneError('PHONE_REAL_NAME_FAILED', {}, error);
    throw error;
  }
}
