import { randomBytes } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import type { DeviceKey, HalfRecord, HalfStore, Stretch } from '../../src/index.ts';

export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

const plain = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const ECDH = { name: 'ECDH', namedCurve: 'P-256' } as const;
const { subtle } = crypto;

const raw = async (key: CryptoKey): Promise<Uint8Array> => new Uint8Array(await subtle.exportKey('raw', key));
type CryptoKey = Awaited<ReturnType<typeof subtle.importKey>>;

export async function testDevice(): Promise<DeviceKey> {
  const signing = await subtle.generateKey(ECDSA, false, ['sign', 'verify']);
  const agreement = await subtle.generateKey(ECDH, false, ['deriveBits']);
  const agree = async (own: CryptoKey, other: Uint8Array): Promise<Uint8Array> => {
    const key = await subtle.importKey('raw', plain(other), ECDH, false, []);
    return new Uint8Array(await subtle.deriveBits({ name: 'ECDH', public: key }, own, 256));
  };
  return {
    signingKey: await raw(signing.publicKey),
    agreementKey: await raw(agreement.publicKey),
    sign: async (message) =>
      new Uint8Array(
        await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, signing.privateKey, plain(message)),
      ),
    agree: (other) => agree(agreement.privateKey, other),
    async agreeFresh(other) {
      const fresh = await subtle.generateKey(ECDH, false, ['deriveBits']);
      return { publicKey: await raw(fresh.publicKey), secret: await agree(fresh.privateKey, other) };
    },
  };
}

/** Cheap: what the cost is, is the app's choice. */
export const testStretch: Stretch = {
  cost: { memoryKib: 64, passes: 1 },
  run: (password, salt, { memoryKib, passes }) =>
    argon2id({
      password,
      salt,
      parallelism: 1,
      iterations: passes,
      memorySize: memoryKib,
      hashLength: 32,
      outputType: 'binary',
    }),
};

/** The disk of a device, which can be copied. */
export class MemoryStore implements HalfStore {
  readonly records: Map<string, HalfRecord>;

  constructor(records: ReadonlyMap<string, HalfRecord> = new Map()) {
    this.records = new Map(records);
  }

  copy(): MemoryStore {
    return new MemoryStore(this.records);
  }

  async get(halfId: string): Promise<HalfRecord | undefined> {
    return this.records.get(halfId);
  }

  async put(record: HalfRecord): Promise<void> {
    this.records.set(record.halfId, record);
  }

  async remove(halfId: string): Promise<void> {
    this.records.delete(halfId);
  }

  exclusive<T>(_halfId: string, work: () => Promise<T>): Promise<T> {
    return work();
  }
}
