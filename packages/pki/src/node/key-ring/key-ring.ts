import { type Clock, fromBase64, type RandomBytes, toBase64, toBase64Url } from '@hufu/kernel';
import { pkiError } from '../../errors.ts';
import type { KeyRingAlgorithm, KeyRingInfo, KeyRingState, StoredRingKey } from './key-info.ts';
import { KEY_KINDS, type KeyMaterial } from './key-kinds.ts';

/** Named keys with their life: next → current → retired. Private parts leave it only towards its store. */
export type KeyRing = {
  all(): readonly KeyRingInfo[];
  /** @throws VAULT_KEY_UNKNOWN */
  info(id: string): KeyRingInfo;
  /** SubjectPublicKeyInfo, DER. @throws VAULT_KEY_UNKNOWN */
  publicKey(id: string): Uint8Array;
  /**
   * Signs the message, not a digest. ES256 and SM2 (default id, over SM3) answer DER, Ed25519 its 64 bytes, SECP256K1
   * r (32), s (32, the lower one) and the recovery bit (1). @throws VAULT_KEY_UNKNOWN, VAULT_KEY_RETIRED
   */
  sign(id: string, data: Uint8Array): Promise<Uint8Array>;
  /** The current key; makes it when there is none. */
  ensure(purpose: string, algorithm: KeyRingAlgorithm): Promise<KeyRingInfo>;
  /** Makes the key that will be current after the next rotation. */
  prepare(purpose: string, algorithm: KeyRingAlgorithm): Promise<KeyRingInfo>;
  /** next → current, current → retired; without a next one a fresh key takes its place. */
  rotate(purpose: string, algorithm: KeyRingAlgorithm): Promise<KeyRingInfo>;
  /** Forgets a retired key. @throws VAULT_KEY_UNKNOWN, VAULT_KEY_IN_USE */
  remove(id: string): Promise<void>;
};

export type KeyRingOptions = {
  readonly keys: readonly StoredRingKey[];
  /** Keeps the keys; they are on disk when it is done. */
  readonly keep: (keys: readonly StoredRingKey[]) => void | Promise<void>;
  /** Called after each change. */
  readonly changed: () => void;
  readonly clock: Clock;
  readonly random: RandomBytes;
};

export function createKeyRing({ keys: stored, clock, random, ...options }: KeyRingOptions): KeyRing {
  let keys = stored;
  const opened = new Map<string, KeyMaterial>();

  const keep = async (next: readonly StoredRingKey[]) => {
    await options.keep(next);
    keys = next;
    options.changed();
  };
  const find = (id: string): StoredRingKey => {
    const key = keys.find((one) => one.id === id);
    if (!key) throw pkiError('VAULT_KEY_UNKNOWN', { key: id });
    return key;
  };
  const material = (key: StoredRingKey): KeyMaterial => {
    const known = opened.get(key.id);
    if (known) return known;
    const made = KEY_KINDS[key.algorithm].open(fromBase64(key.privateKey));
    opened.set(key.id, made);
    return made;
  };
  const pick = (purpose: string, algorithm: KeyRingAlgorithm, state: KeyRingState) =>
    keys.find((key) => key.purpose === purpose && key.algorithm === algorithm && key.state === state);
  const make = async (purpose: string, algorithm: KeyRingAlgorithm, state: KeyRingState) => {
    const privateKey = toBase64(await KEY_KINDS[algorithm].generate());
    const now = clock.now();
    const id = `${purpose}-${algorithm.toLowerCase()}-${toBase64Url(random(9))}`;
    return { id, purpose, algorithm, state, createdAt: now, changedAt: now, privateKey };
  };
  /** Generation waits; changes of one ring must not overtake each other meanwhile. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
  const ensureState = (purpose: string, algorithm: KeyRingAlgorithm, state: KeyRingState) =>
    inTurn(async () => {
      const present = pick(purpose, algorithm, state);
      if (present) return infoOf(present);
      const made = await make(purpose, algorithm, state);
      await keep([...keys, made]);
      return infoOf(made);
    });

  return {
    all: () => keys.map(infoOf),
    info: (id) => infoOf(find(id)),
    publicKey: (id) => material(find(id)).publicKey,
    async sign(id, data) {
      const key = find(id);
      if (key.state === 'retired') throw pkiError('VAULT_KEY_RETIRED', { key: id });
      return material(key).sign(data);
    },
    ensure: (purpose, algorithm) => ensureState(purpose, algorithm, 'current'),
    prepare: (purpose, algorithm) => ensureState(purpose, algorithm, 'next'),
    rotate: (purpose, algorithm) =>
      inTurn(async () => {
        const before = pick(purpose, algorithm, 'current');
        const next = pick(purpose, algorithm, 'next') ?? (await make(purpose, algorithm, 'next'));
        const now = clock.now();
        const current: StoredRingKey = { ...next, state: 'current', changedAt: now };
        const others = keys.filter((key) => key.id !== before?.id && key.id !== next.id);
        const retired: StoredRingKey[] = before ? [{ ...before, state: 'retired', changedAt: now }] : [];
        await keep([...others, ...retired, current]);
        return infoOf(current);
      }),
    remove: (id) =>
      inTurn(async () => {
        const key = find(id);
        if (key.state !== 'retired') throw pkiError('VAULT_KEY_IN_USE', { key: id });
        opened.delete(id);
        await keep(keys.filter((one) => one.id !== id));
      }),
  };
}

function infoOf({ privateKey: _, ...info }: StoredRingKey): KeyRingInfo {
  return info;
}
