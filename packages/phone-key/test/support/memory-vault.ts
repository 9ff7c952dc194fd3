import { createHash } from 'node:crypto';
import {
  answerDecryption,
  answerSigning,
  refreshContribution,
  refreshVault,
  sm2Digest,
  toBytes32,
  type VaultHalf,
  VaultKeyGeneration,
} from '@hufu/gm';
import { fromBase64, toBase64 } from '@hufu/kernel';
import {
  type HalfAnswer,
  type HalfOp,
  type HalfRequest,
  type HalfUsage,
  itemSession,
  parseRequest,
  phoneKeyError,
  type SignedRequest,
  signedBytes,
  type VaultPort,
} from '../../src/index.ts';
import { random } from './device.ts';

type Epoch = { number: number; half: VaultHalf; pin: string; share: string };
type Half = {
  device: string;
  usage: HalfUsage;
  current: Epoch | undefined;
  pending: Epoch | undefined;
  shown: string;
  issued: string;
  wrong: number;
  aborts: number;
  cloned: boolean;
};
type Opened = { half: Half; epoch: Epoch; answer: { share: string; epoch: number; ratchet: string } };

const MAX_WRONG = 10;
const ONE = toBytes32(1n);
const text = (length = 32): string => toBase64(random(length));
const hash = (pinKey: string): string => createHash('sha256').update(pinKey).digest('hex');

/** The vault's side of the messages, without disk, policy and limits: what the device's engine is tested against. */
export class MemoryVault implements VaultPort {
  readonly halves = new Map<string, Half>();
  readonly #runs = new Map<string, { generation: VaultKeyGeneration; device: string; usage: HalfUsage }>();
  /** Changes an answer on its way, or loses it by throwing. */
  tamper: (op: HalfOp, answer: unknown) => unknown = (_op, answer) => answer;
  asked = 0;

  async send<Op extends HalfOp>(op: Op, request: SignedRequest): Promise<HalfAnswer<Op>> {
    this.asked++;
    const answer = await this.#answer(op, request);
    return this.tamper(op, answer) as HalfAnswer<Op>;
  }

  async #answer(op: HalfOp, request: SignedRequest): Promise<unknown> {
    const body = <Op extends HalfOp>(_op: Op): HalfRequest<Op> => parseRequest(_op, request.body);
    if (op === 'enrol-begin') return this.#begin(body(op), request);
    if (op === 'enrol-finish') return this.#finish(body(op), request);
    const { halfId } = JSON.parse(request.body) as { halfId: string };
    const half = this.halves.get(halfId);
    if (half === undefined) throw phoneKeyError('PHONE_HALF_UNKNOWN');
    await assertSigned(half.device, request);
    if (op === 'confirm') return this.#confirm(half, body(op));
    if (op === 'sign') return this.#sign(half, body(op));
    if (op === 'decrypt') return this.#decrypt(half, body(op));
    if (op === 'renew') return this.#renew(half, body(op));
    if (op === 'split') return this.#split(half, body(op));
    if (op === 'accept') return this.#accept(half, body(op));
    if (op === 'abort') half.aborts++;
    else this.halves.delete(halfId);
    return {};
  }

  async #begin(body: HalfRequest<'enrol-begin'>, request: SignedRequest) {
    await assertSigned(body.device, request);
    const session = fromBase64(body.session);
    const commitment = { digest: fromBase64(body.commitment) };
    const generation = new VaultKeyGeneration({ session, random }, commitment);
    this.#runs.set(body.session, { generation, device: body.device, usage: body.usage });
    return { point: toBase64(generation.share.point), proof: toBase64(generation.share.proof) };
  }

  async #finish(body: HalfRequest<'enrol-finish'>, request: SignedRequest) {
    const run = this.#runs.get(body.session);
    if (run === undefined) throw phoneKeyError('PHONE_REQUEST_REPLAYED');
    await assertSigned(run.device, request);
    this.#runs.delete(body.session);
    const half = run.generation.finish({
      point: fromBase64(body.point),
      proof: fromBase64(body.proof),
      salt: fromBase64(body.salt),
    });
    const { halfId, answer } = this.#keep(run, { number: 1, half, pin: hash(body.pinKey), share: text() });
    return { halfId, publicKey: toBase64(half.publicKey), ...answer };
  }

  #keep({ device, usage }: Pick<Half, 'device' | 'usage'>, pending: Epoch) {
    const halfId = `half-${random(8).join('')}`;
    const ratchet = text();
    this.halves.set(halfId, {
      ...{ device, usage, pending, current: undefined, shown: '', issued: ratchet },
      ...{ wrong: 0, aborts: 0, cloned: false },
    });
    return { halfId, answer: { share: pending.share, epoch: pending.number, ratchet } };
  }

  #confirm(half: Half, { epoch }: HalfRequest<'confirm'>) {
    if (half.pending?.number === epoch) {
      half.current = half.pending;
      half.pending = undefined;
    } else if (half.current?.number !== epoch) throw phoneKeyError('PHONE_HALF_PENDING');
    return {};
  }

  #open(half: Half, { unlock }: { unlock: { pinKey: string; ratchet: string } }): Opened {
    if (half.cloned) throw phoneKeyError('PHONE_CLONED');
    if (half.wrong >= MAX_WRONG) throw phoneKeyError('PHONE_PIN_LOCKED');
    const epoch = half.current;
    if (epoch === undefined) throw phoneKeyError('PHONE_HALF_PENDING');
    if (unlock.ratchet !== half.issued && unlock.ratchet !== half.shown) {
      half.cloned = true;
      throw phoneKeyError('PHONE_CLONED');
    }
    if (hash(unlock.pinKey) !== epoch.pin) {
      half.wrong++;
      throw phoneKeyError('PHONE_PIN_WRONG', { triesLeft: MAX_WRONG - half.wrong });
    }
    half.wrong = 0;
    half.shown = unlock.ratchet;
    half.issued = text();
    return { half, epoch, answer: { share: epoch.share, epoch: epoch.number, ratchet: half.issued } };
  }

  #sign(half: Half, body: HalfRequest<'sign'>) {
    const { epoch, answer } = this.#open(half, body);
    const place = { ratchet: fromBase64(body.unlock.ratchet), nonce: fromBase64(body.nonce) };
    const items = body.items.map(({ message, point, proof }, index) => {
      const { r, s2, s3 } = answerSigning(
        epoch.half,
        {
          session: itemSession({ ...place, index }),
          digest: sm2Digest(epoch.half.publicKey, fromBase64(message)),
          request: { point: fromBase64(point), proof: fromBase64(proof) },
        },
        random,
      );
      return { r: toBase64(r), s2: toBase64(s2), s3: toBase64(s3) };
    });
    return { ...answer, items };
  }

  #decrypt(half: Half, body: HalfRequest<'decrypt'>) {
    const { epoch, answer } = this.#open(half, body);
    const items = body.items.map(({ point }) => ({
      point: toBase64(answerDecryption(epoch.half, fromBase64(point))),
    }));
    return { ...answer, items };
  }

  #renew(half: Half, body: HalfRequest<'renew'>) {
    const { epoch, answer } = this.#open(half, body);
    const vault = refreshContribution(random);
    const renewed = refreshVault(epoch.half, { device: fromBase64(body.contribution), vault });
    const newEpoch = epoch.number + 1;
    half.pending = { number: newEpoch, half: renewed, pin: hash(body.newPinKey), share: text() };
    return { ...answer, contribution: toBase64(vault), newShare: half.pending.share, newEpoch };
  }

  #split(half: Half, body: HalfRequest<'split'>) {
    const { epoch, answer } = this.#open(half, body);
    const moved = refreshVault(epoch.half, { device: fromBase64(body.factor), vault: ONE });
    const { halfId: newHalfId } = this.#keep(
      { device: body.receiver, usage: half.usage },
      { number: 1, half: moved, pin: '', share: '' },
    );
    return { ...answer, newHalfId };
  }

  #accept(half: Half, { pinKey }: HalfRequest<'accept'>) {
    const { pending } = half;
    if (pending === undefined) throw phoneKeyError('PHONE_REQUEST_REPLAYED');
    pending.pin = hash(pinKey);
    pending.share = text();
    const publicKey = toBase64(pending.half.publicKey);
    return { publicKey, share: pending.share, epoch: pending.number, ratchet: half.issued };
  }
}

async function assertSigned(device: string, { body, signature }: SignedRequest): Promise<void> {
  const { subtle } = crypto;
  const own = (bytes: Uint8Array) => new Uint8Array(bytes);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const key = await subtle.importKey('raw', own(fromBase64(device)), algorithm, false, ['verify']);
  const right = await subtle.verify(algorithm, key, own(fromBase64(signature)), own(signedBytes(body)));
  if (!right) throw phoneKeyError('PHONE_DEVICE_SIGNATURE');
}
