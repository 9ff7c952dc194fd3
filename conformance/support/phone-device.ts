import {
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  scryptSync,
  sign,
} from 'node:crypto';
import { toBase64Url } from '@hufu/kernel';
import type { DeviceKey, HalfRecord, HalfStore, Stretch } from '@hufu/phone-key';

const newPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** 04 ‖ x ‖ y: what an SPKI of the curve ends with. */
const pointOf = (key: KeyObject) => new Uint8Array(key.export({ type: 'spki', format: 'der' }).subarray(-65));

function keyOf(point: Uint8Array): KeyObject {
  const [x, y] = [toBase64Url(point.subarray(1, 33)), toBase64Url(point.subarray(33, 65))];
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
}

const agreed = (privateKey: KeyObject, point: Uint8Array) =>
  new Uint8Array(diffieHellman({ privateKey, publicKey: keyOf(point) }));

/** Everything that a phone's disk would hold, so that a thief can be given a full copy of it. */
export type PhoneDisk = {
  readonly key: DeviceKey;
  readonly store: HalfStore;
  records(): readonly HalfRecord[];
  /** Byte for byte: what the copy does later does not change the first. */
  copy(): PhoneDisk;
};

export const newDisk = (): PhoneDisk => disk({ signing: newPair(), agreement: newPair() }, []);

type Pair = ReturnType<typeof newPair>;
type Pairs = { readonly signing: Pair; readonly agreement: Pair };

function disk(pairs: Pairs, kept: readonly HalfRecord[]): PhoneDisk {
  const records = new Map(kept.map((one) => [one.halfId, structuredClone(one)]));
  const { signing, agreement } = pairs;
  return {
    key: {
      signingKey: pointOf(signing.publicKey),
      agreementKey: pointOf(agreement.publicKey),
      sign: async (message) =>
        new Uint8Array(sign('sha256', message, { key: signing.privateKey, dsaEncoding: 'ieee-p1363' })),
      agree: async (point) => agreed(agreement.privateKey, point),
      async agreeFresh(point) {
        const fresh = newPair();
        return { publicKey: pointOf(fresh.publicKey), secret: agreed(fresh.privateKey, point) };
      },
    },
    store: {
      get: async (halfId) => structuredClone(records.get(halfId)),
      async put(record) {
        records.set(record.halfId, structuredClone(record));
      },
      async remove(halfId) {
        records.delete(halfId);
      },
      // One process, one caller.
      exclusive: (_halfId, work) => work(),
    },
    records: () => [...records.values()],
    copy: () => disk(pairs, [...records.values()]),
  };
}

/** The device's stretching is a port: what Node has built in serves as well as argon2id does in a browser. */
export const nodeStretch: Stretch = {
  cost: { memoryKib: 1024, passes: 1 },
  run: async (pin, salt, { memoryKib }) => new Uint8Array(scryptSync(pin, salt, 32, { N: memoryKib, r: 8 })),
};

export const nodeRandom = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
