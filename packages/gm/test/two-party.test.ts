import { randomBytes } from 'node:crypto';
import { fromHex, toPem, utf8 } from '@hufu/kernel';
import { afterAll, describe, expect, test } from 'vitest';
import {
  answerDecryption,
  answerSigning,
  DeviceDecryption,
  type DeviceHalf,
  DeviceKeyGeneration,
  DeviceSigning,
  decodePoint,
  encodePoint,
  encodeSm2Signature,
  encodeSm2Spki,
  nobleSm2,
  refreshContribution,
  refreshDevice,
  refreshVault,
  SM2_CURVE,
  Sm2Group,
  sm2Digest,
  sm2Products,
  toBigInt,
  toBytes32,
  type VaultHalf,
  VaultKeyGeneration,
} from '../src/index.ts';
import { openSslSm2 } from '../src/node/index.ts';
import { code, OpenSsl } from './support.ts';

const random = (length: number) => new Uint8Array(randomBytes(length));
const session = () => random(16);
const noble = nobleSm2(random);
const node = openSslSm2(random);
const message = utf8('同意以本单位名义登录呼和浩特市公共资源交易平台');

type Key = { readonly device: DeviceHalf; readonly vault: VaultHalf };

function generate(): Key {
  const options = { session: session(), random };
  const device = new DeviceKeyGeneration(options);
  const vault = new VaultKeyGeneration(options, device.commitment);
  const { opening, half } = device.finish(vault.share);
  return { device: half, vault: vault.finish(opening) };
}

const orderOf = ({ device }: Key, text: Uint8Array = message) => ({
  session: session(),
  digest: sm2Digest(device.publicKey, text),
});

function sign(key: Key): Uint8Array {
  const order = orderOf(key);
  const device = new DeviceSigning(key.device.publicKey, order, random);
  const answer = answerSigning(key.vault, { ...order, request: device.request }, random);
  return encodeSm2Signature(device.finish(answer, key.device.secret));
}

/** The vault's arithmetic without its checks. */
function answerUnchecked({ vault }: Key, digest: Uint8Array, point: Uint8Array) {
  const d2 = toBigInt(vault.secret);
  const [k, u] = [toBigInt(random(31)), toBigInt(random(31))];
  const nonce = sm2Products().masked(decodePoint(point).toAffine(), { k, u });
  const r = (toBigInt(digest) + nonce!.x) % SM2_CURVE.n;
  const [s2, s3] = [(d2 * k) % SM2_CURVE.n, (d2 * (r + k * u)) % SM2_CURVE.n];
  return { r: toBytes32(r), s2: toBytes32(s2), s3: toBytes32(s3) };
}

const key = generate();
const flip = (bytes: Uint8Array, at = 5): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
const cli = new OpenSsl();
afterAll(() => cli.remove());

test('both sides come to one public key, and neither half is its private key', () => {
  expect(key.device.publicKey).toEqual(key.vault.publicKey);
  const d1 = toBigInt(key.device.secret);
  const d2 = toBigInt(key.vault.secret);
  for (const d of [d1, d2, (d1 * d2) % SM2_CURVE.n]) {
    expect(encodePoint(Sm2Group.BASE.multiply(d))).not.toEqual(key.device.publicKey);
  }
});

describe('a signature of two halves', () => {
  test('the two halves make signatures that everybody accepts', () => {
    for (let i = 0; i < 5; i++) {
      const fresh = generate();
      const signature = sign(fresh);
      expect(noble.verify(fresh.device.publicKey, message, signature)).toBe(true);
      expect(node.verify(fresh.device.publicKey, message, signature)).toBe(true);
      expect(node.verify(fresh.device.publicKey, flip(message), signature)).toBe(false);
    }
  });

  test('a foreign, altered or moved proof is refused', () => {
    const order = orderOf(key);
    const { request } = new DeviceSigning(key.device.publicKey, order, random);
    const answer = (change: object) =>
      code(() => answerSigning(key.vault, { ...order, request, ...change }, random));
    expect(answer({})).toBe('accepted');
    expect(answer({ session: session() })).toBe('GM_TWO_PARTY_PROOF');
    expect(answer({ digest: flip(order.digest) })).toBe('GM_TWO_PARTY_PROOF');
    for (const at of [0, 31, 32, 63]) {
      expect(answer({ request: { ...request, proof: flip(request.proof, at) } })).toBe('GM_TWO_PARTY_PROOF');
    }
    const other = new DeviceSigning(key.device.publicKey, order, random).request;
    expect(answer({ request: { ...request, point: other.point } })).toBe('GM_TWO_PARTY_PROOF');
    // The other point with the same x coordinate, which the proof's own commitment is known up to.
    const { x, y } = decodePoint(request.point).toAffine();
    const opposite = encodePoint(Sm2Group.fromAffine({ x, y: SM2_CURVE.p - y }));
    expect(answer({ request: { ...request, point: opposite } })).toBe('GM_TWO_PARTY_PROOF');
    const stranger = generate();
    const foreign = new DeviceSigning(stranger.device.publicKey, order, random).request;
    expect(answer({ request: foreign })).toBe('GM_TWO_PARTY_PROOF');
  });
});

test('a proof of zeros, of the order, of a wrong length, or made for a key generation is refused', () => {
  const order = orderOf(key);
  const { request } = new DeviceSigning(key.device.publicKey, order, random);
  const [x, s] = [request.proof.subarray(0, 32), request.proof.subarray(32)];
  const [zero, whole] = [new Uint8Array(32), toBytes32(SM2_CURVE.n)];
  const opposite = toBytes32(SM2_CURVE.n - toBigInt(s));
  const generation = new DeviceKeyGeneration({ session: order.session, random });
  const { opening } = generation.finish(
    new VaultKeyGeneration({ session: order.session, random }, generation.commitment).share,
  );
  const forged = [
    ...[[zero, zero], [zero, s], [x, zero], [x, whole], [whole, s], [x, opposite], [x, s, zero], [x]].map(
      (parts) => ({ ...request, proof: new Uint8Array(parts.flatMap((part) => [...part])) }),
    ),
    { point: opening.point, proof: opening.proof },
  ];
  for (const one of forged) {
    const signing = { ...order, request: one };
    expect(code(() => answerSigning(key.vault, signing, random))).toBe('GM_TWO_PARTY_PROOF');
  }
});

test('openssl verifies what two halves signed, with the ID 1234567812345678', () => {
  cli.write('pub.pem', toPem('PUBLIC KEY', encodeSm2Spki(key.device.publicKey)));
  cli.write('message', message);
  cli.write('signature', sign(key));
  const verify = ['dgst', '-sm3', '-verify', 'pub.pem', '-sigopt', 'distid:1234567812345678'];
  expect(cli.run(...verify, '-signature', 'signature', 'message')).toContain('Verified OK');
});

describe('the messages of key generation', () => {
  const begin = () => {
    const options = { session: session(), random };
    const device = new DeviceKeyGeneration(options);
    return { options, device, vault: new VaultKeyGeneration(options, device.commitment) };
  };

  test('a vault that cannot prove its half is refused', () => {
    for (const at of [0, 31, 40, 63]) {
      const { device, vault } = begin();
      const share = { ...vault.share, proof: flip(vault.share.proof, at) };
      expect(code(() => device.finish(share))).toBe('GM_TWO_PARTY_PROOF');
    }
  });

  test('a vault that returns the device’s own point, or one of another session, is refused', () => {
    const { device, options } = begin();
    const elsewhere = begin();
    expect(code(() => device.finish(elsewhere.vault.share))).toBe('GM_TWO_PARTY_PROOF');
    const mirror = new DeviceKeyGeneration(options);
    const { opening } = mirror.finish(new VaultKeyGeneration(options, mirror.commitment).share);
    const reflected = begin();
    expect(code(() => reflected.device.finish(opening))).toBe('GM_TWO_PARTY_PROOF');
  });

  test('a device that opens something else than it committed to is refused', () => {
    const { device, vault, options } = begin();
    const other = new DeviceKeyGeneration(options);
    const { opening } = other.finish(vault.share);
    device.finish(vault.share);
    expect(code(() => vault.finish(opening))).toBe('GM_TWO_PARTY_COMMITMENT');
  });

  test('points off the curve, at infinity, compressed or of a wrong length are refused', () => {
    const bad = [
      new Uint8Array(65),
      Uint8Array.of(0x00),
      flip(key.device.publicKey, 60),
      key.device.publicKey.subarray(0, 64),
      new Uint8Array([0x02, ...key.device.publicKey.subarray(1, 33)]),
      new Uint8Array([0x04, ...toBytes32(SM2_CURVE.p), ...toBytes32(1n)]),
      // y² = x³ + ax on a neighbouring curve, with a subgroup of order two
      new Uint8Array([0x04, ...toBytes32(0n), ...toBytes32(0n)]),
    ];
    for (const point of bad) {
      const { device, vault } = begin();
      expect(code(() => device.finish({ ...vault.share, point }))).toBe('GM_TWO_PARTY_MESSAGE');
      const order = orderOf(key);
      const { request } = new DeviceSigning(key.device.publicKey, order, random);
      const forged = { ...order, request: { ...request, point } };
      expect(code(() => answerSigning(key.vault, forged, random))).toBe('GM_TWO_PARTY_MESSAGE');
      expect(code(() => answerDecryption(key.vault, point))).toBe('GM_TWO_PARTY_MESSAGE');
    }
  });

  test('each side serves once', () => {
    const { device, vault } = begin();
    const { opening } = device.finish(vault.share);
    expect(code(() => device.finish(vault.share))).toBe('GM_TWO_PARTY_SPENT');
    vault.finish(opening);
    expect(code(() => vault.finish(opening))).toBe('GM_TWO_PARTY_SPENT');
  });

  test('a session that is too short, or too long, is refused', () => {
    for (const length of [0, 15, 65]) {
      const options = { session: random(length), random };
      expect(code(() => new DeviceKeyGeneration(options))).toBe('GM_TWO_PARTY_SESSION');
      const order = { ...orderOf(key), session: random(length) };
      expect(code(() => new DeviceSigning(key.device.publicKey, order, random))).toBe('GM_TWO_PARTY_SESSION');
    }
  });
});

describe('a lying vault', () => {
  const start = () => {
    const order = orderOf(key);
    const device = new DeviceSigning(key.device.publicKey, order, random);
    return {
      device,
      answer: answerSigning(key.vault, { ...order, request: device.request }, random),
    };
  };

  test.each(['r', 's2', 's3'] as const)('that alters %s gets no signature, and no second try', (member) => {
    const { device, answer } = start();
    const altered = { ...answer, [member]: flip(answer[member], 20) };
    expect(code(() => device.finish(altered, key.device.secret))).toBe('GM_TWO_PARTY_ABORT');
    expect(code(() => device.finish(answer, key.device.secret))).toBe('GM_TWO_PARTY_SPENT');
  });

  test.each([
    ['zero', new Uint8Array(32)],
    ['the order', toBytes32(SM2_CURVE.n)],
    ['too short', new Uint8Array(31)],
    ['all ones', fromHex('ff'.repeat(32))],
  ])('that sends %s for a number is refused', (_name, value) => {
    for (const member of ['r', 's2', 's3'] as const) {
      const { device, answer } = start();
      expect(code(() => device.finish({ ...answer, [member]: value }, key.device.secret))).toBe(
        'GM_TWO_PARTY_MESSAGE',
      );
    }
  });

  test('that answers with another signature’s numbers gets nothing', () => {
    const first = start();
    const second = start();
    expect(code(() => first.device.finish(second.answer, key.device.secret))).toBe('GM_TWO_PARTY_ABORT');
  });

  test('that signs another message than the device was shown gets nothing', () => {
    const order = orderOf(key);
    const device = new DeviceSigning(key.device.publicKey, order, random);
    // It skips its own check of the proof, which is over the other message.
    const other = sm2Digest(key.device.publicKey, utf8('转让全部财产'));
    const answer = answerUnchecked(key, other, device.request.point);
    expect(code(() => device.finish(answer, key.device.secret))).toBe('GM_TWO_PARTY_ABORT');
  });
});

test('a lying phone with the vault’s answers of many signatures makes none by itself', () => {
  const order = orderOf(key);
  const device = new DeviceSigning(key.device.publicKey, order, random);
  const answer = answerSigning(key.vault, { ...order, request: device.request }, random);
  const replayed = new DeviceSigning(key.device.publicKey, orderOf(key, utf8('另一份文件')), random);
  expect(code(() => replayed.finish(answer, key.device.secret))).toBe('GM_TWO_PARTY_ABORT');
});

test('the vault’s answers to one and the same request share nothing', () => {
  const order = orderOf(key);
  const { request } = new DeviceSigning(key.device.publicKey, order, random);
  const answers = [0, 1, 2].map(() => answerSigning(key.vault, { ...order, request }, random));
  for (const member of ['r', 's2', 's3'] as const) {
    expect(new Set(answers.map((answer) => Buffer.from(answer[member]).toString('hex'))).size).toBe(3);
  }
});

describe('decryption', () => {
  const content = utf8('投标文件的内容密钥');

  test('the two halves open what anybody encrypted to the public key', () => {
    const ciphertext = noble.encrypt(key.device.publicKey, content);
    const device = new DeviceDecryption(ciphertext, random);
    expect(device.finish(answerDecryption(key.vault, device.request), key.device.secret)).toEqual(content);
  });

  test('the same ciphertext never looks the same to the vault', () => {
    const ciphertext = noble.encrypt(key.device.publicKey, content);
    const requests = [0, 1].map(() => new DeviceDecryption(ciphertext, random).request);
    expect(requests[0]).not.toEqual(requests[1]);
  });

  test('a wrong answer, an altered ciphertext and a second use are refused', () => {
    const ciphertext = noble.encrypt(key.device.publicKey, content);
    const device = new DeviceDecryption(ciphertext, random);
    const wrong = answerDecryption(generate().vault, device.request);
    expect(code(() => device.finish(wrong, key.device.secret))).toBe('GM_SM2_CIPHERTEXT');
    expect(code(() => device.finish(wrong, key.device.secret))).toBe('GM_TWO_PARTY_SPENT');
    const last = flip(ciphertext, ciphertext.length - 1);
    const altered = new DeviceDecryption(last, random);
    const answer = answerDecryption(key.vault, altered.request);
    expect(code(() => altered.finish(answer, key.device.secret))).toBe('GM_SM2_CIPHERTEXT');
  });
});

describe('refresh', () => {
  const contributions = { device: refreshContribution(random), vault: refreshContribution(random) };
  const fresh = {
    device: refreshDevice(key.device, contributions),
    vault: refreshVault(key.vault, contributions),
  };

  test('new halves, the same key', () => {
    expect(fresh.device.publicKey).toEqual(key.device.publicKey);
    expect(fresh.device.secret).not.toEqual(key.device.secret);
    expect(fresh.vault.secret).not.toEqual(key.vault.secret);
    expect(node.verify(key.device.publicKey, message, sign(fresh))).toBe(true);
  });

  test('an old half and a new one make nothing together', () => {
    const mixed: Key[] = [
      { device: key.device, vault: fresh.vault },
      { device: fresh.device, vault: key.vault },
    ];
    for (const pair of mixed) expect(code(() => sign(pair))).toBe('GM_TWO_PARTY_ABORT');
  });

  test('halves that do not belong together are refused', () => {
    const torn = { ...key.device, vaultPoint: generate().device.vaultPoint };
    expect(code(() => refreshDevice(torn, contributions))).toBe('GM_TWO_PARTY_ABORT');
    const zero = { ...contributions, vault: new Uint8Array(32) };
    expect(code(() => refreshDevice(key.device, zero))).toBe('GM_TWO_PARTY_MESSAGE');
  });
});

test('a destroyed half ends the key', () => {
  const dead = { device: key.device, vault: { ...key.vault, secret: new Uint8Array(32) } };
  expect(code(() => sign(dead))).toBe('GM_SM2_PRIVATE_KEY');
});
