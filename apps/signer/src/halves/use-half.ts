import { answerDecryption, answerSigning, sm2Digest } from '@hufu/gm';
import { CodedError, fromBase64, toBase64 } from '@hufu/kernel';
import {
  type HalfAnswer,
  type HalfRequest,
  type HalfUsage,
  itemSession,
  phoneKeyError,
  type SignedRequest,
} from '@hufu/phone-key';
import { isRequestOfKey } from '@hufu/pki';
import { counted } from '../store/vault-state.ts';
import type { HalfContext } from './context.ts';
import { type HalfRecord, vaultHalf } from './half-record.ts';
import { assertStillOpen, type OpenHalf, openHalf } from './open-half.ts';

/** A long list lets others in between. */
const ITEMS_AT_ONCE = 16;
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * The vault's side of signatures over messages: e of each is computed here, from the message's bytes. The use is on
 * the disk before the answer leaves, since with the answer the device can sign.
 *
 * @throws what `openHalf` throws, PHONE_HALF_USAGE, PHONE_TOO_MANY_USES, GM_TWO_PARTY_PROOF, GM_TWO_PARTY_MESSAGE
 */
export async function signWithHalf(
  context: HalfContext,
  request: SignedRequest,
  asked: HalfRequest<'sign'>,
): Promise<HalfAnswer<'sign'>> {
  const open = await openHalf(context, request, asked);
  if (open.half.usage !== 'sign') assertOwnRequest(open.half, asked);
  assertWithinLimits(context, open.half, { usage: 'sign', count: asked.items.length });
  const half = vaultHalf(open.half, open.half.epoch);
  const nonce = fromBase64(asked.nonce);
  const ratchet = fromBase64(asked.unlock.ratchet);
  const digests: string[] = [];
  const items = await eachItem(context, open, asked.items, (item, index) => {
    const digest = sm2Digest(half.publicKey, fromBase64(item.message));
    digests.push(toBase64(digest));
    const answer = answerSigning(
      half,
      {
        session: itemSession({ ratchet, nonce, index }),
        digest,
        request: { point: fromBase64(item.point), proof: fromBase64(item.proof) },
      },
      context.random,
    );
    return { r: toBase64(answer.r), s2: toBase64(answer.s2), s3: toBase64(answer.s3) };
  });
  await commitUse(context, open, { op: 'sign', order: asked.order, items: digests });
  return { ...open.answer, items };
}

/** @throws what `openHalf` throws, PHONE_HALF_USAGE, PHONE_TOO_MANY_USES, GM_TWO_PARTY_MESSAGE */
export async function decryptWithHalf(
  context: HalfContext,
  request: SignedRequest,
  asked: HalfRequest<'decrypt'>,
): Promise<HalfAnswer<'decrypt'>> {
  const open = await openHalf(context, request, asked);
  if (open.half.usage !== 'decrypt') throw phoneKeyError('PHONE_HALF_USAGE');
  assertWithinLimits(context, open.half, { usage: 'decrypt', count: asked.items.length });
  const half = vaultHalf(open.half, open.half.epoch);
  const items = await eachItem(context, open, asked.items, ({ point }) => ({
    point: toBase64(answerDecryption(half, fromBase64(point))),
  }));
  const digests = asked.items.map(({ ciphertextSm3 }) => ciphertextSm3);
  await commitUse(context, open, { op: 'decrypt', order: asked.order, items: digests });
  return { ...open.answer, items };
}

type Use = { readonly usage: HalfUsage; readonly count: number };

/** A key for decryption signs the request for its own certificate, and nothing else. */
function assertOwnRequest(half: HalfRecord, { items, order }: HalfRequest<'sign'>): void {
  const message = fromBase64(items[0]?.message ?? '');
  const isAlone = items.length === 1 && order.startsWith('order:');
  if (!isAlone || !isRequestOfKey(message, fromBase64(half.publicKey))) {
    throw phoneKeyError('PHONE_HALF_USAGE');
  }
}

function assertWithinLimits({ store, limits }: HalfContext, half: HalfRecord, { usage, count }: Use): void {
  const uses = counted(half.uses, store.clock.now(), count);
  const [perMinute, perDay] =
    usage === 'sign'
      ? [limits.signaturesPerMinute, limits.signaturesPerDay]
      : [limits.decryptionsPerMinute, limits.decryptionsPerDay];
  if (uses.inMinute > perMinute || uses.inDay > perDay) throw phoneKeyError('PHONE_TOO_MANY_USES');
}

/** An item that does not hold ends the whole request and counts as a broken run. */
async function eachItem<Item, Answer>(
  { store }: HalfContext,
  { half, opened }: OpenHalf,
  items: readonly Item[],
  answer: (item: Item, index: number) => Answer,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  try {
    for (const [index, item] of items.entries()) {
      if (index > 0 && index % ITEMS_AT_ONCE === 0) await breathe();
      answers.push(answer(item, index));
    }
    return answers;
  } catch (error) {
    if (error instanceof CodedError) {
      await store.commit({ type: 'aborted', half: half.id, nonce: opened.nonce, by: 'vault' });
    }
    throw error;
  }
}

async function commitUse(
  context: HalfContext,
  open: OpenHalf,
  use: { readonly op: 'sign' | 'decrypt'; readonly order: string; readonly items: readonly string[] },
): Promise<void> {
  assertStillOpen(context, open);
  await context.store.commit({ type: 'used', ...open.opened, ...use });
}
