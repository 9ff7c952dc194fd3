import { readAtMost, toBase64Url } from '@hufu/kernel';
import type { Tx } from '../../../infra/database/database.ts';
import type { Job } from '../../../infra/outbox/job.ts';
import type { ExchangeDeps } from '../deps.ts';
import { nextNotice, registrationOf } from '../registration/registration-store.ts';
import {
  acknowledge,
  insertNotice,
  type NewNotice,
  noteFailure,
  noticeById,
  noticeView,
  pendingOf,
} from './notice-store.ts';

export const PUSH_QUEUE = 'exchange-push';
const NOTICE_TYPE = 'hufu-notice+jws';

/** Seconds 1, 2, 4 … up to an hour between tries: about sixteen hours until the desk has to look. */
const MOST_ATTEMPTS = 28;
const TIMEOUT_MS = 10_000;
const LONGEST_ANSWER = 4_096;

type Told = Pick<NewNotice, 'kind' | 'entityId' | 'recordId' | 'facts'>;

/**
 * Writes a notice for platforms and asks for its delivery, in the transaction of what it tells of. Always in the order
 * of the codes, so that two at once do not wait for each other in a circle.
 */
export async function noticePlatforms(
  deps: Pick<ExchangeDeps, 'outbox' | 'clock' | 'random'>,
  tx: Tx,
  { platforms, told }: { readonly platforms: readonly string[]; readonly told: Told },
): Promise<void> {
  const at = new Date(deps.clock.now());
  for (const platformCode of platforms.toSorted()) {
    const id = toBase64Url(deps.random(16));
    const seq = await nextNotice(tx, { platformCode, at });
    await insertNotice(tx, { ...told, id, platformCode, seq, at });
    const { webhookUrl } = await registrationOf(tx, platformCode);
    if (webhookUrl !== null) await enqueuePush(deps, tx, { id, platformCode });
  }
}

/** One platform gets its notices one after the other. */
export const enqueuePush = (
  deps: Pick<ExchangeDeps, 'outbox'>,
  tx: Tx,
  { id, platformCode }: { readonly id: string; readonly platformCode: string },
): Promise<void> =>
  deps.outbox.enqueue(tx, {
    queue: PUSH_QUEUE,
    payload: { id },
    subject: platformCode,
    maxAttempts: MOST_ATTEMPTS,
  });

/** What waited for the platform to name an address. */
export async function enqueuePending(
  deps: Pick<ExchangeDeps, 'outbox'>,
  tx: Tx,
  platformCode: string,
): Promise<void> {
  for (const { id } of await pendingOf(tx, platformCode)) await enqueuePush(deps, tx, { id, platformCode });
}

/**
 * Sends one notice to the registered address, signed. It counts as delivered when the platform names its number back;
 * anything else is tried again.
 */
export async function sendNotice(deps: ExchangeDeps, { payload, attempt }: Job): Promise<void> {
  const { db } = deps.database;
  const row = await noticeById(db, (payload as { id: string }).id);
  if (row?.state !== 'PENDING') return;
  const { id, platform_code: platformCode } = row;
  const notice = noticeView(row);
  try {
    const platform = await deps.platforms.byCode(platformCode);
    if (platform === undefined || platform.suspendedAt !== null) throw new Error('platform suspended');
    const { webhookUrl } = await registrationOf(db, platformCode);
    // It fetches its notices itself from now on.
    if (webhookUrl === null) return;
    const body = await deps.signer.sign(NOTICE_TYPE, {
      iss: deps.config.baseUrl,
      aud: platform.clientId,
      jti: id,
      iat: Math.floor(deps.clock.now() / 1000),
      notice,
    });
    await deliver(webhookUrl, { body, seq: notice.seq });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const at = new Date(deps.clock.now());
    await noteFailure(db, { id, error: text.slice(0, 300), dead: attempt >= MOST_ATTEMPTS, at });
    throw error;
  }
  const at = new Date(deps.clock.now());
  await acknowledge(db, { platformCode, upTo: notice.seq, only: true, at });
}

/** To the address as it is registered: a redirect would lead to one that nobody registered. */
async function deliver(
  url: string,
  { body, seq }: { readonly body: string; readonly seq: number },
): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/jose', accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (answer.status !== 200) {
    await answer.body?.cancel();
    throw new Error(`answered ${answer.status}`);
  }
  const bytes = await readAtMost(answer, LONGEST_ANSWER);
  if (bytes === undefined || seqOf(bytes) !== seq)
    throw new Error('answered without the number of the notice');
}

function seqOf(bytes: Uint8Array): unknown {
  try {
    return (JSON.parse(Buffer.from(bytes).toString('utf8')) as { seq?: unknown } | null)?.seq;
  } catch {
    return undefined;
  }
}
