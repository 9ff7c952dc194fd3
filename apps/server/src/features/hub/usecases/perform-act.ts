import { HUB_ERRORS } from '@hufu/contracts';
import { CodedError } from '@hufu/kernel';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { HubDeps } from '../deps.ts';
import { kindRefusal } from '../domain/eligibility.ts';
import { hubError } from '../errors.ts';
import { findBound, flagRevocation } from '../store/certificates.ts';
import type { ActRequest, ActResult, Admitted } from './act.ts';
import { activateSecondary } from './activate-secondary.ts';
import { bindEnterprise } from './bind-enterprise.ts';
import { type DraftSession, enterAtOnce } from './enter-at-once.ts';
import { logIn } from './log-in.ts';

/**
 * Whether the certificate may be used for the act: the authority's standing and word first, then the kind of key.
 * May wait for a slow authority. Touches nothing.
 *
 * @throws the refusal
 */
export async function admit(deps: HubDeps, request: ActRequest): Promise<Admitted> {
  const { act, certificate } = request;
  const verdict = await deps.judge.judge(certificate);
  if (!verdict.allowed) throw new CodedError(verdict.code, verdict.fields);
  const refusal = kindRefusal(certificate.holderKind, act);
  if (refusal !== null) throw hubError(refusal, refusal === 'HUB_BIND_ENTERPRISE_KEY' ? LEGAL_REP_HINT : {});
  if (certificate.doubtful || certificate.unitName === null || certificate.authority === null) {
    throw hubError('HUB_KIND_UNKNOWN');
  }
  return { request, advice: verdict.advice };
}

/** HUB-015 beside HUB-031: what to do, and below it why. */
const LEGAL_REP_HINT = { hint: HUB_ERRORS.HUB_LEGAL_REP_KEY.zh, hintEn: HUB_ERRORS.HUB_LEGAL_REP_KEY.en };

/** What has to stand or fall with an act. */
export type Also = {
  readonly inTransaction?: (tx: Tx, result: ActResult) => Promise<void>;
  /** Of a login that is done at once. */
  readonly draftSession?: DraftSession;
};

/** The change, its audit entry and whatever else must stand or fall with them, in one transaction. */
export async function carryOut(deps: HubDeps, admitted: Admitted, also: Also = {}): Promise<ActResult> {
  const { request, advice } = admitted;
  if (request.act === 'login' && also.draftSession) {
    const entered = await enterAtOnce(deps, { request, advice }, also.draftSession);
    if (entered) return entered;
  }
  return withTransaction(deps.database, async (tx) => {
    const result = await dispatch(deps, tx, admitted);
    await also.inTransaction?.(tx, result);
    return result;
  });
}

function dispatch(deps: HubDeps, tx: Tx, { request, advice }: Admitted): Promise<ActResult> {
  switch (request.act) {
    case 'login':
      return logIn(deps, tx, { request, advice });
    case 'bind':
      return bindEnterprise(deps, tx, request);
    case 'activate':
      return activateSecondary(deps, tx, request);
  }
}

const ACTIONS = { login: 'session.login', bind: 'binding.create', activate: 'certificate.activate' } as const;

/** Tells the log, and marks a bound certificate whose authority said no (SM-HUB-CERT, last row). */
export async function recordRefusal(deps: HubDeps, request: ActRequest, code: string): Promise<void> {
  const { certificate } = request;
  const bound = await findBound(deps.database.db, certificate);
  if (bound !== undefined) {
    const revocation = REVOCATION_OF[code];
    if (revocation !== undefined && bound.revocation !== revocation) {
      await withTransaction(deps.database, (tx) => flagRevocation(tx, { id: bound.id, revocation }));
    }
  }
  await deps.audit.refused({
    actor:
      bound === undefined
        ? { kind: 'anonymous', certificate: certificate.fingerprint }
        : { kind: 'entity', id: bound.enterprise_id, certificate: certificate.fingerprint },
    action: ACTIONS[request.act],
    ...(bound === undefined ? {} : { subject: { kind: 'certificate', id: bound.id } }),
    after: { authority: certificate.authority?.id ?? null },
    origin: request.from,
    code,
  });
}

const REVOCATION_OF: Readonly<Record<string, 'REVOKED' | 'LOST'>> = {
  CERTIFICATE_REVOKED: 'REVOKED',
  CERTIFICATE_ON_HOLD: 'LOST',
};
