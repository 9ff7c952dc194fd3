import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  type DeviceHalf,
  DeviceKeyGeneration,
  DeviceSigning,
  encodeSm2Signature,
  refreshContribution,
  refreshDevice,
  sm2Digest,
} from '@hufu/gm';
import { concatBytes, fromBase64, fromBase64Url, toBase64 } from '@hufu/kernel';
import {
  type HalfAnswer,
  type HalfOp,
  type HalfRequest,
  type HalfUsage,
  itemSession,
  signedBytes,
} from '@hufu/phone-key';
import { random, type TestVault } from './vault.ts';

/** A phone by hand: every message can be held back, repeated, changed, or sent by a copy. */
export class TestDevice {
  readonly point: string;
  readonly #key: KeyObject;
  vault: Pick<TestVault, 'ask'>;

  constructor(vault: Pick<TestVault, 'ask'>) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#key = createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' }));
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.point = toBase64(concatBytes(Uint8Array.of(4), fromBase64Url(x), fromBase64Url(y)));
    this.vault = vault;
  }

  seal(message: unknown): { body: string; signature: string } {
    const body = JSON.stringify(message);
    const key = { key: this.#key, dsaEncoding: 'ieee-p1363' } as const;
    return { body, signature: toBase64(new Uint8Array(sign('sha256', signedBytes(body), key))) };
  }

  async send<Op extends HalfOp>(message: HalfRequest<Op>): Promise<HalfAnswer<Op>> {
    const { op } = message as { op: string };
    return (await this.vault.ask(`/v1/halves/ops/${op}`, this.seal(message))) as HalfAnswer<Op>;
  }

  /** A key generation after its first message; the second one is ready to be sent. */
  async begin(pin = '135790', usage: HalfUsage = 'sign', pinGroup?: string) {
    const session = random(32);
    const generation = new DeviceKeyGeneration({ session, random });
    const begin: HalfRequest<'enrol-begin'> = {
      op: 'enrol-begin',
      session: toBase64(session),
      device: this.point,
      usage,
      commitment: toBase64(generation.commitment.digest),
      ...(pinGroup === undefined ? {} : { pinGroup }),
    };
    const begun = await this.send<'enrol-begin'>(begin);
    const share = { point: fromBase64(begun.point), proof: fromBase64(begun.proof) };
    const { opening, half } = generation.finish(share);
    const salt = toBase64(random(16));
    const finish: HalfRequest<'enrol-finish'> = {
      op: 'enrol-finish',
      session: begin.session,
      point: toBase64(opening.point),
      proof: toBase64(opening.proof),
      salt: toBase64(opening.salt),
      pinKey: pinKeyOf(pin, salt),
    };
    return { begin, finish, half, salt };
  }

  /** A half under a PIN; what a device would keep. */
  async enrol(
    pin = '135790',
    usage: HalfUsage = 'sign',
    { confirm = true, pinGroup }: { confirm?: boolean; pinGroup?: string } = {},
  ): Promise<Kept> {
    const { finish, half, salt } = await this.begin(pin, usage, pinGroup);
    const { halfId, ratchet, share } = await this.send<'enrol-finish'>(finish);
    if (confirm) await this.send<'confirm'>({ op: 'confirm', halfId, epoch: 1 });
    return { halfId, half, salt, ratchet, epoch: 1, share };
  }

  /** New halves, and a PIN; the device has stored both, and has not said so. */
  async renew(kept: Kept, pin = { now: '135790', next: '135790' }): Promise<Kept> {
    const contribution = refreshContribution(random);
    const answer = await this.send<'renew'>({
      op: 'renew',
      halfId: kept.halfId,
      nonce: toBase64(random(32)),
      unlock: { pinKey: pinKeyOf(pin.now, kept.salt), ratchet: kept.ratchet },
      contribution: toBase64(contribution),
      newPinKey: pinKeyOf(pin.next, kept.salt),
    });
    kept.ratchet = answer.ratchet;
    const half = refreshDevice(kept.half, { device: contribution, vault: fromBase64(answer.contribution) });
    return { ...kept, half, epoch: answer.newEpoch, share: answer.newShare };
  }

  confirm({ halfId, epoch }: Kept): Promise<HalfAnswer<'confirm'>> {
    return this.send<'confirm'>({ op: 'confirm', halfId, epoch });
  }

  /** A request for signatures, and the runs that wait for its answer. */
  prepare(kept: Kept, messages: readonly Uint8Array[], options: { pin?: string; order?: string } = {}) {
    const { pin = '135790', order = 'scan:s1' } = options;
    const nonce = random(32);
    const runs = messages.map((message, index) => {
      const session = itemSession({ ratchet: fromBase64(kept.ratchet), nonce, index });
      return new DeviceSigning(
        kept.half.publicKey,
        { session, digest: sm2Digest(kept.half.publicKey, message) },
        random,
      );
    });
    const request: HalfRequest<'sign'> = {
      op: 'sign',
      halfId: kept.halfId,
      nonce: toBase64(nonce),
      unlock: { pinKey: pinKeyOf(pin, kept.salt), ratchet: kept.ratchet },
      order,
      items: runs.map((run, index) => ({
        message: toBase64(messages[index] ?? new Uint8Array()),
        point: toBase64(run.request.point),
        proof: toBase64(run.request.proof),
      })),
    };
    return { request, runs };
  }

  /** Signatures, DER; the token goes on. */
  async sign(kept: Kept, messages: readonly Uint8Array[], options: { pin?: string; order?: string } = {}) {
    const { request, runs } = this.prepare(kept, messages, options);
    const answer = await this.send<'sign'>(request);
    kept.ratchet = answer.ratchet;
    return finished(kept.half, runs, answer);
  }
}

export const finished = (
  half: DeviceHalf,
  runs: readonly DeviceSigning[],
  { items }: HalfAnswer<'sign'>,
): Uint8Array[] =>
  runs.map((run, index) => {
    const { r = '', s2 = '', s3 = '' } = items[index] ?? {};
    return encodeSm2Signature(
      run.finish({ r: fromBase64(r), s2: fromBase64(s2), s3: fromBase64(s3) }, half.secret),
    );
  });

/** What a device keeps; a copy of it is a copy of the phone. */
export type Kept = {
  readonly halfId: string;
  half: DeviceHalf;
  readonly salt: string;
  ratchet: string;
  epoch: number;
  share: string;
};

/** Stands in for argon2id, which is the device's own matter. */
export const pinKeyOf = (pin: string, salt: string): string =>
  createHash('sha256').update(salt).update(pin).digest('base64');
