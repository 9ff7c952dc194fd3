import { createHash } from 'node:crypto';
import { CodedError, parseIdCard } from '@hufu/kernel';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { Citizen, PeopleProvider } from '../../../infra/people/people-provider.ts';
import { type AccountRow, accountById, insertAccount } from '../accounts/account-store.ts';
import { keepAcceptance, mustBeAccepted } from '../accounts/agreements.ts';
import { idNoHash } from '../accounts/bearer.ts';
import { enter } from '../admission/enter.ts';
import { mustBeOpen } from '../admission/find-account.ts';
import { type Call, type EntityContext, originOf } from '../context.ts';
import { entityError } from '../errors.ts';
import type { Acceptance } from '../tables.ts';
import { insertCitizenLogin, spendCitizenLogin } from './citizen-login-store.ts';

/** Between leaving and coming back: a person types a password and perhaps a code. */
const LIFETIME_MS = 10 * 60_000;

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const verifierPlace = (stateSha256: string) => `library_citizen_login.verifier:${stateSha256}`;

/** @throws LIBRARY_CITIZEN_OFF */
function providerOf({ deps }: Pick<EntityContext, 'deps'>): PeopleProvider {
  if (deps.citizens === undefined) throw entityError('LIBRARY_CITIZEN_OFF');
  return deps.citizens;
}

/** Sends the browser to the provider (LIB-LOGIN-03). @throws LIBRARY_CITIZEN_OFF, LIBRARY_CITIZEN_FAILED */
export async function startCitizenLogin(
  context: EntityContext,
  { call, agreements }: { call: Call; agreements: readonly Acceptance[] },
): Promise<{ redirectTo: string }> {
  const { deps, peers } = context;
  const browserSha256 = peers.hub.browser.ensure(call.request, call.reply);
  const { url, state, nonce, verifier } = await providerOf(context).start();
  const stateSha256 = digest(state);
  await insertCitizenLogin(deps.database.db, {
    state_sha256: stateSha256,
    browser_sha256: browserSha256,
    nonce,
    verifier_sealed: deps.cipher.seal(verifier, verifierPlace(stateSha256)),
    agreements: JSON.stringify(agreements),
    expires_at: new Date(deps.clock.now() + LIFETIME_MS),
    used_at: null,
  });
  return { redirectTo: url };
}

/**
 * The browser comes back. The state is known, unused and this browser's; the code is exchanged with our secret and the
 * verifier; the token carries our nonce. Then a person enters, the first time with an account made on the spot (OD-12).
 * @throws LIBRARY_CITIZEN_FAILED, LIBRARY_CITIZEN_ONLY, LIBRARY_CITIZEN_UNVERIFIED, LIBRARY_AGREEMENTS, LIBRARY_ENTITY_MERGED
 */
export async function finishCitizenLogin(context: EntityContext, call: Call): Promise<AccountRow> {
  const { deps, peers } = context;
  const { request } = call;
  const provider = providerOf(context);
  const answer = new URL(request.url, deps.origin);
  const state = answer.searchParams.get('state') ?? '';
  const browserSha256 = peers.hub.browser.read(request);
  if (browserSha256 === undefined) throw entityError('LIBRARY_CITIZEN_FAILED');
  const stateSha256 = digest(state);
  const login = await withTransaction(deps.database, (tx) =>
    spendCitizenLogin(tx, { stateSha256, browserSha256, now: new Date(deps.clock.now()) }),
  );
  if (login === undefined) throw entityError('LIBRARY_CITIZEN_FAILED');
  const verifier = deps.cipher.open(login.verifier_sealed, verifierPlace(stateSha256));
  const citizen = await provider.finish(answer, { state, nonce: login.nonce, verifier });
  if (citizen.kind === 'organisation') throw entityError('LIBRARY_CITIZEN_ONLY');
  if (!citizen.verified) throw entityError('LIBRARY_CITIZEN_UNVERIFIED');
  const idNo = verifiedIdNo(citizen, deps.clock.now());
  return withTransaction(deps.database, async (tx) => {
    const person = { name: citizen.name, idNo };
    const account = await accountOf(context, tx, { person, agreements: login.agreements, call });
    await enter(context, tx, {
      call,
      entering: { account, method: 'CITIZEN', fingerprint: null },
    });
    return account;
  });
}

/** A number that does not pass its own check is no identity, whoever says so. @throws LIBRARY_CITIZEN_FAILED */
function verifiedIdNo({ idNo }: Citizen, now: number): string {
  try {
    return parseIdCard(idNo, now).number;
  } catch (error) {
    if (error instanceof CodedError) throw entityError('LIBRARY_CITIZEN_FAILED', {}, error);
    throw error;
  }
}

type Entering = {
  readonly person: { readonly name: string; readonly idNo: string };
  readonly agreements: readonly Acceptance[];
  readonly call: Call;
};

async function accountOf(
  context: EntityContext,
  tx: Tx,
  { person, agreements, call }: Entering,
): Promise<AccountRow> {
  const { deps } = context;
  const at = new Date(deps.clock.now());
  const id = await deps.identities.person(tx, { idNoHash: idNoHash(deps.cipher, person.idNo), at });
  const known = await accountById(tx, id);
  if (known !== undefined) return mustBeOpen(known);
  mustBeAccepted(deps.agreements, agreements);
  const inserted = await insertAccount(tx, deps.cipher, {
    id,
    who: { kind: 'NATURAL_PERSON', ...person },
    registeredBy: 'CITIZEN',
    applicant: undefined,
    at,
  });
  if (inserted) {
    await keepAcceptance(tx, deps.agreements, { entityId: id, fingerprint: null, at });
    await deps.audit.record(tx, {
      actor: { kind: 'entity', id },
      action: 'entity.register',
      subject: { kind: 'entity', id },
      after: {
        state: 'REGISTERED_SIMPLE',
        kind: 'NATURAL_PERSON',
        by: 'CITIZEN',
        agreements: deps.agreements.map(({ code, version, sha256 }) => ({ code, version, sha256 })),
      },
      disclose: { personName: person.name, personIdNo: person.idNo },
      entity: id,
      origin: originOf(context, call.request),
    });
  }
  return (await accountById(tx, id))!;
}
