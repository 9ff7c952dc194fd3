import { CodedError, fromBase64, toBase64 } from '@hufu/kernel';
import type { Holder } from '../../access/index.ts';
import type { HubDeps } from '../deps.ts';
import { hubError } from '../errors.ts';
import {
  type AttemptRow,
  attemptFor,
  claimAttempt,
  failAttempt,
  finishAttempt,
  insertAttempt,
} from '../store/attempts.ts';
import type { StoredProblem } from '../tables.ts';
import type { ActRequest, ActResult, Admitted } from './act.ts';
import { type Also, admit, carryOut, recordRefusal } from './perform-act.ts';

/** Beyond the authority's budget, for the work around it; after that another process may take over. */
const LEASE_SLACK_MS = 15_000;
/** How long the result can be fetched. */
const KEPT_MS = 10 * 60_000;

export type Begun =
  | { readonly state: 'DONE'; readonly result: ActResult }
  | { readonly state: 'CHECKING'; readonly attemptId: string };

export type Beginning = {
  /** Of the challenge that the key has answered: an attempt has the same. */
  readonly id: string;
  readonly browserSha256: string;
  readonly request: ActRequest;
};

/**
 * Runs acts whose authority may be slow (HUB-056). A quick one is answered at once; a slow one becomes an attempt
 * that the browser asks after: it survives a reload of the page, and a crash of this process, because any process
 * that is asked after an orphaned attempt takes it up again.
 */
export type AttemptRunner = {
  /** @throws the refusal, when it comes at once */
  begin(beginning: Beginning, also?: Also): Promise<Begun>;
  /** Waits for a change at most so long. @returns undefined when this browser has no such attempt */
  follow(key: { id: string; browserSha256: string }, waitMs: number): Promise<AttemptRow | undefined>;
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>;
};

export function createAttemptRunner(deps: HubDeps): AttemptRunner {
  const running = new Map<string, Promise<void>>();

  const track = (id: string, work: Promise<void>) => {
    const tracked = work.finally(() => running.delete(id));
    running.set(id, tracked);
  };

  return {
    async begin(beginning, also) {
      const { id, request } = beginning;
      const admission = admit(deps, request);
      // Whoever waits for it hears of a refusal; until somebody does, it must not count as unheard.
      admission.catch(() => {});
      const admitted = await quickly(admission, deps, request);
      if (admitted !== undefined) {
        return { state: 'DONE', result: await carriedOut(deps, admitted, also) };
      }
      await insertAttempt(deps.database.db, newRow(deps, beginning));
      track(id, conclude(deps, { id, request, admission }));
      return { state: 'CHECKING', attemptId: id };
    },
    async follow(key, waitMs) {
      const row = await attemptFor(deps.database.db, key);
      if (row?.state !== 'CHECKING') return row;
      const own = running.get(key.id);
      if (own === undefined) await takeOver(deps, row, track);
      await Promise.race([running.get(key.id) ?? pause(waitMs), pause(waitMs)]);
      return attemptFor(deps.database.db, key);
    },
    async idle() {
      await Promise.allSettled(running.values());
    },
  };
}

const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms).unref();
  });

async function quickly(
  admission: Promise<Admitted>,
  deps: HubDeps,
  request: ActRequest,
): Promise<Admitted | undefined> {
  try {
    return await Promise.race([admission, pause(deps.atOnceMs).then(() => undefined)]);
  } catch (error) {
    if (error instanceof CodedError) await recordRefusal(deps, request, error.code);
    throw error;
  }
}

async function carriedOut(deps: HubDeps, admitted: Admitted, also?: Also): Promise<ActResult> {
  try {
    return await carryOut(deps, admitted, also);
  } catch (error) {
    if (error instanceof CodedError) await recordRefusal(deps, admitted.request, error.code);
    throw error;
  }
}

type Work = { readonly id: string; readonly request: ActRequest; readonly admission: Promise<Admitted> };

/** Ends an attempt, well or not; a failure that has no code leaves it to be taken up again. */
async function conclude(deps: HubDeps, { id, request, admission }: Work): Promise<void> {
  const at = () => new Date(deps.clock.now());
  try {
    await carryOut(deps, await admission, {
      async inTransaction(tx, result) {
        if (!(await finishAttempt(tx, { id, result, at: at() }))) throw hubError('HUB_CHALLENGE_UNKNOWN');
      },
    });
  } catch (error) {
    if (!(error instanceof CodedError)) return;
    await failAttempt(deps.database.db, { id, problem: asProblem(error), at: at() });
    await recordRefusal(deps, request, error.code);
  }
}

const asProblem = ({ code, fields }: CodedError): StoredProblem => ({ code, fields });

async function takeOver(
  deps: HubDeps,
  row: AttemptRow,
  track: (id: string, work: Promise<void>) => void,
): Promise<void> {
  const now = deps.clock.now();
  const leaseUntil = new Date(now + row.budget_ms + LEASE_SLACK_MS);
  const claimed = await claimAttempt(deps.database.db, { id: row.id, now: new Date(now), leaseUntil });
  if (claimed?.input_sealed == null) return;
  const request = await unsealInput(deps, claimed.id, claimed.input_sealed);
  track(row.id, conclude(deps, { id: row.id, request, admission: admit(deps, request) }));
}

function newRow(deps: HubDeps, { id, browserSha256, request }: Beginning) {
  const now = deps.clock.now();
  const budget = deps.judge.budgetMs(request.certificate);
  return {
    id,
    act: request.act,
    browser_sha256: browserSha256,
    state: 'CHECKING' as const,
    authority_name: request.certificate.authority?.name ?? null,
    budget_ms: budget,
    input_sealed: sealInput(deps, id, request),
    outcome: null,
    certificate_id: null,
    problem: null,
    session_id: null,
    started_at: new Date(now),
    finished_at: null,
    lease_until: new Date(now + budget + LEASE_SLACK_MS),
    expires_at: new Date(now + KEPT_MS),
    advice: '[]',
  };
}

const inputPlace = (id: string) => `attempt.input:${id}`;

function sealInput({ cipher }: Pick<HubDeps, 'cipher'>, id: string, request: ActRequest): string {
  const { certificate, ...rest } = request;
  return cipher.seal(JSON.stringify({ ...rest, certificate: toBase64(certificate.der) }), inputPlace(id));
}

async function unsealInput(deps: HubDeps, id: string, sealed: string): Promise<ActRequest> {
  // Sealed by ourselves and bound to this attempt: the shape is ours.
  const stored = JSON.parse(deps.cipher.open(sealed, inputPlace(id))) as {
    certificate: string;
    holder?: Holder;
  };
  const certificate = await deps.judge.read(fromBase64(stored.certificate));
  return { ...stored, certificate } as unknown as ActRequest;
}
