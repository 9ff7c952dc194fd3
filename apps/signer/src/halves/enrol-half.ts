import { type DeviceOpening, type VaultHalf, VaultKeyGeneration } from '@hufu/gm';
import { drawRandom, fromBase64, toBase64, toBase64Url } from '@hufu/kernel';
import { type HalfAnswer, type HalfRequest, phoneKeyError, type SignedRequest } from '@hufu/phone-key';
import type { HalfContext } from './context.ts';
import { assertDeviceSignature } from './device-signature.ts';
import { type HalfRecord, NO_USES } from './half-record.ts';
import { firstLock } from './open-half.ts';
import { sha256Text } from './pin-lock.ts';

/** Key generations that have begun live in memory alone: one that breaks off leaves nothing behind. */
const RUN_MS = 120_000;
const MAX_RUNS = 2_000;

type Run = {
  readonly device: string;
  readonly usage: HalfRecord['usage'];
  readonly pinGroup: string | undefined;
  readonly generation: VaultKeyGeneration;
  readonly until: number;
};

export type Enrolment = {
  /** @throws PHONE_DEVICE_SIGNATURE, PHONE_REQUEST_REPLAYED, PHONE_TOO_MANY_USES */
  begin(request: SignedRequest, asked: HalfRequest<'enrol-begin'>): HalfAnswer<'enrol-begin'>;
  /** @throws PHONE_DEVICE_SIGNATURE, PHONE_HALF_PENDING for a run that is not (or no longer) open, GM_TWO_PARTY_* */
  finish(request: SignedRequest, asked: HalfRequest<'enrol-finish'>): Promise<HalfAnswer<'enrol-finish'>>;
};

export function createEnrolment(context: HalfContext): Enrolment {
  const { store, random } = context;
  const runs = new Map<string, Run>();

  function dropOld(now: number): void {
    for (const [session, { until }] of runs) {
      if (until > now) return;
      runs.delete(session);
    }
  }

  return {
    begin(request, { session, device, usage, commitment, pinGroup }) {
      assertDeviceSignature(device, request);
      const now = store.clock.now();
      dropOld(now);
      if (runs.has(session) || store.state.sessions.has(session))
        throw phoneKeyError('PHONE_REQUEST_REPLAYED');
      if (runs.size >= MAX_RUNS) throw phoneKeyError('PHONE_TOO_MANY_USES');
      const options = { session: fromBase64(session), random };
      const generation = new VaultKeyGeneration(options, { digest: fromBase64(commitment) });
      runs.set(session, { device, usage, pinGroup, generation, until: now + RUN_MS });
      const { point, proof } = generation.share;
      return { point: toBase64(point), proof: toBase64(proof) };
    },
    async finish(request, { session, pinKey, ...opening }) {
      const run = runs.get(session);
      if (run === undefined || run.until <= store.clock.now()) throw phoneKeyError('PHONE_HALF_PENDING');
      assertDeviceSignature(run.device, request);
      // Serves once, whatever comes of it.
      runs.delete(session);
      const made = run.generation.finish(openingOf(opening));
      const { lock, ratchet } = firstLock(context, pinKey);
      const id = toBase64Url(drawRandom(random, 18));
      const half: HalfRecord = {
        ...newHalf({ id, usage: run.usage, device: run.device, createdAt: store.clock.now() }),
        ...(run.pinGroup === undefined ? {} : { pinGroup: run.pinGroup }),
        publicKey: toBase64(made.publicKey),
        epoch: { number: 1, ...secretsOf(made), lock },
        ratchet: { shown: null, issued: sha256Text(ratchet) },
      };
      await store.commit({ type: 'enrolled', half, session });
      return { halfId: id, publicKey: half.publicKey, share: lock.share, epoch: 1, ratchet };
    },
  };
}

type Name = Pick<HalfRecord, 'id' | 'usage' | 'device' | 'createdAt'>;

/** Neither confirmed nor used. */
export const newHalf = (name: Name) =>
  ({
    ...name,
    isSplit: false,
    isConfirmed: false,
    isHeld: false,
    isCopied: false,
    wrongPins: 0,
    aborts: 0,
    pending: null,
    ratchet: null,
    nonces: [],
    abortedNonces: [],
    uses: NO_USES,
  }) as const;

export const secretsOf = ({ secret, devicePoint }: VaultHalf) => ({
  secret: toBase64(secret),
  devicePoint: toBase64(devicePoint),
});

const openingOf = (texts: { point: string; proof: string; salt: string }): DeviceOpening => ({
  point: fromBase64(texts.point),
  proof: fromBase64(texts.proof),
  salt: fromBase64(texts.salt),
});
