import { createHash } from 'node:crypto';
import {
  createPhoneKey,
  type DeviceKey,
  type HalfRecord,
  type HalfStore,
  type PhoneKey,
  type VaultPort,
} from '@hufu/phone-key';
import { random, type TestVault } from './vault.ts';

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const ECDH = { name: 'ECDH', namedCurve: 'P-256' } as const;
const { subtle } = crypto;
type Pair = Awaited<ReturnType<typeof agreementPair>>;

const agreementPair = () => subtle.generateKey(ECDH, false, ['deriveBits']);
const pointOf = async (key: Pair['publicKey']) => new Uint8Array(await subtle.exportKey('raw', key));
const agreeWith = async ({ privateKey }: Pair, other: Uint8Array) => {
  const publicKey = await subtle.importKey('raw', new Uint8Array(other), ECDH, false, []);
  return new Uint8Array(await subtle.deriveBits({ name: 'ECDH', public: publicKey }, privateKey, 256));
};

async function deviceKey(): Promise<DeviceKey> {
  const signing = await subtle.generateKey(ECDSA, false, ['sign', 'verify']);
  const agreement = await agreementPair();
  const hashed = { name: 'ECDSA', hash: 'SHA-256' };
  return {
    signingKey: await pointOf(signing.publicKey),
    agreementKey: await pointOf(agreement.publicKey),
    sign: async (message) =>
      new Uint8Array(await subtle.sign(hashed, signing.privateKey, new Uint8Array(message))),
    agree: (other) => agreeWith(agreement, other),
    async agreeFresh(other) {
      const fresh = await agreementPair();
      return { publicKey: await pointOf(fresh.publicKey), secret: await agreeWith(fresh, other) };
    },
  };
}

function memoryStore(): HalfStore {
  const records = new Map<string, HalfRecord>();
  return {
    get: async (halfId) => records.get(halfId),
    put: async (record) => void records.set(record.halfId, record),
    remove: async (halfId) => void records.delete(halfId),
    exclusive: (_halfId, work) => work(),
  };
}

export type Phone = PhoneKey & { readonly device: DeviceKey };

/** The app's own engine, asking this vault. */
export async function phone(vault: Pick<TestVault, 'ask'>): Promise<Phone> {
  const device = await deviceKey();
  const port: VaultPort = {
    send: async (op, request) => (await vault.ask(`/v1/halves/ops/${op}`, request)) as never,
  };
  // Stands in for argon2id, whose cost is the device's own matter.
  const stretch = {
    cost: { memoryKib: 64, passes: 1 },
    run: async (pin: Uint8Array, salt: Uint8Array) =>
      new Uint8Array(createHash('sha256').update(salt).update(pin).digest()),
  };
  return { ...createPhoneKey({ device, stretch, store: memoryStore(), vault: port, random }), device };
}
