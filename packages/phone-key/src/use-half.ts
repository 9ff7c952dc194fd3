import type { DeviceHalf } from '@hufu/gm';
import { drawRandom, fromBase64, toBase64 } from '@hufu/kernel';
import { askVault } from './ask-vault.ts';
import { phoneKeyError } from './errors.ts';
import type { HalfAnswer, HalfRequest } from './messages.ts';
import type { Opening } from './phone-key.ts';
import { pinKeyOf, stretched } from './pin.ts';
import type { HalfRecord, PhoneKeyDeps } from './ports.ts';
import { openHalf } from './seal-half.ts';

type OpeningOp = 'sign' | 'decrypt' | 'renew' | 'split';

/** What a request is made of before the vault has answered. */
export type Preparation = {
  readonly record: HalfRecord;
  readonly stretched: Uint8Array;
  readonly nonce: Uint8Array;
};

export type Opened<Op extends OpeningOp> = Preparation & {
  readonly half: DeviceHalf;
  readonly answer: HalfAnswer<Op>;
};

type OwnMembers<Op extends OpeningOp> = Omit<HalfRequest<Op>, 'halfId' | 'nonce' | 'unlock'> & {
  readonly op: Op;
};

/** After this many failed checks the device asks this vault no more: each failure might tell a lying one a little. */
const MAX_ABORTS = 3;

/**
 * One request with the PIN: the vault counts the PIN, answers, and with its share the device's secret is open for
 * `work` alone. The fresh ratchet token is stored before anything is done with the answer.
 *
 * @param prepare the request's own members; the half is still sealed then
 */
export function useHalf<Op extends OpeningOp, T>(
  deps: PhoneKeyDeps,
  opening: Opening & {
    readonly prepare: (preparation: Preparation) => OwnMembers<Op> | Promise<OwnMembers<Op>>;
  },
  work: (opened: Opened<Op>) => T | Promise<T>,
): Promise<T> {
  return deps.store.exclusive(opening.halfId, async () => {
    const record = await heldRecord(deps, opening.halfId);
    if (record.aborts >= MAX_ABORTS) throw phoneKeyError('PHONE_ABORTED_TOO_OFTEN');
    const preparation: Preparation = {
      record,
      stretched: await stretched(opening.pin, record, deps.stretch),
      nonce: drawRandom(deps.random, 32),
    };
    const answer = await askVault<Op>(deps, {
      ...(await opening.prepare(preparation)),
      halfId: record.halfId,
      nonce: toBase64(preparation.nonce),
      unlock: {
        pinKey: toBase64(pinKeyOf(preparation.stretched, record.context)),
        ratchet: toBase64(record.ratchet),
      },
    } as HalfRequest<Op> & { readonly op: Op });
    const moved = await store(deps, record, answer);
    const half = openHalf(moved, {
      stretched: preparation.stretched,
      share: fromBase64(answer.share),
      context: record.context,
      epoch: answer.epoch,
    });
    try {
      return await work({ ...preparation, record: moved, half, answer });
    } finally {
      half.secret.fill(0);
    }
  });
}

/** @throws PHONE_KEY_ABSENT */
export async function heldRecord({ store }: PhoneKeyDeps, halfId: string): Promise<HalfRecord> {
  const record = await store.get(halfId);
  if (record === undefined) throw phoneKeyError('PHONE_KEY_ABSENT');
  return record;
}

/** The next token; and when the vault already is on a later epoch (its last answer was lost), the earlier one is over. */
async function store(
  deps: PhoneKeyDeps,
  record: HalfRecord,
  { ratchet, epoch }: { readonly ratchet: string; readonly epoch: number },
): Promise<HalfRecord> {
  const epochs = record.epochs.filter((sealed) => sealed.epoch >= epoch);
  const moved = { ...record, ratchet: fromBase64(ratchet), epochs };
  await deps.store.put(moved);
  return moved;
}

/** A final check failed: counted here and told to the vault, which counts as well. @throws always PHONE_VAULT_ANSWER */
export async function abortUse(
  deps: PhoneKeyDeps,
  { record, nonce }: Preparation,
  cause: unknown,
): Promise<never> {
  await deps.store.put({ ...record, aborts: record.aborts + 1 });
  const report = { op: 'abort', halfId: record.halfId, nonce: toBase64(nonce) } as const;
  // The vault may be gone by now; what counts for this device is stored.
  await askVault(deps, report).catch(() => undefined);
  throw phoneKeyError('PHONE_VAULT_ANSWER', {}, cause);
}
