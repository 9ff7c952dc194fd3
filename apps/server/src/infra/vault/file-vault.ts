import { hkdfSync } from 'node:crypto';
import { type Clock, fromBase64, type RandomBytes, toBase64, toBase64Url } from '@hufu/kernel';
import { infraError } from '../errors.ts';
import { KEY_KINDS, type KeyMaterial } from './key-material.ts';
import type { KeyAlgorithm, KeyInfo, KeyState, KeyVault } from './key-vault.ts';
import { SCRYPT_N, type VaultContents, vaultFile } from './vault-file.ts';

export type FileVaultOptions = {
  readonly file: string;
  readonly passphrase: string;
  /** What a guess at the passphrase costs (scrypt, RFC 7914): 65 536 unless it is a test's, which nobody guesses at. */
  readonly scryptN?: number;
  readonly clock: Clock;
  readonly random: RandomBytes;
};

type StoredKey = VaultContents['keys'][number];

/** The vault in an encrypted file. Opened once, by one process; a new file is made with a fresh root secret. */
export function openFileVault(options: FileVaultOptions): KeyVault {
  const { file, passphrase, scryptN = SCRYPT_N, clock, random } = options;
  const store = vaultFile({ file, passphrase, scryptN, random });
  let contents = store.read();
  if (!contents) {
    contents = { root: toBase64(random(32)), keys: [] };
    store.write(contents);
  }
  const root = fromBase64(contents.root);
  let keys: readonly StoredKey[] = contents.keys;
  const opened = new Map<string, KeyMaterial>();
  const listeners = new Set<() => void>();

  const keep = (next: readonly StoredKey[]) => {
    store.write({ root: toBase64(root), keys: [...next] });
    keys = next;
    for (const listener of listeners) listener();
  };
  const find = (id: string): StoredKey => {
    const key = keys.find((one) => one.id === id);
    if (!key) throw infraError('VAULT_KEY_UNKNOWN', { key: id });
    return key;
  };
  const material = (key: StoredKey): KeyMaterial => {
    const known = opened.get(key.id);
    if (known) return known;
    const made = KEY_KINDS[key.algorithm].open(fromBase64(key.privateKey));
    opened.set(key.id, made);
    return made;
  };
  const pick = (purpose: string, algorithm: KeyAlgorithm, state: KeyState) =>
    keys.find((key) => key.purpose === purpose && key.algorithm === algorithm && key.state === state);
  const make = async (purpose: string, algorithm: KeyAlgorithm, state: KeyState): Promise<StoredKey> => {
    const privateKey = toBase64(await KEY_KINDS[algorithm].generate());
    const now = clock.now();
    const id = `${purpose}-${algorithm.toLowerCase()}-${toBase64Url(random(9))}`;
    return { id, purpose, algorithm, state, createdAt: now, changedAt: now, privateKey };
  };
  /** Generation waits; changes of one vault must not overtake each other meanwhile. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
  const ensureState = (purpose: string, algorithm: KeyAlgorithm, state: KeyState) =>
    inTurn(async () => {
      const present = pick(purpose, algorithm, state);
      if (present) return infoOf(present);
      const made = await make(purpose, algorithm, state);
      keep([...keys, made]);
      return infoOf(made);
    });

  return {
    list: (purpose) => keys.filter((key) => key.purpose === purpose).map(infoOf),
    publicKey: (id) => material(find(id)).publicKey,
    async sign(id, data) {
      const key = find(id);
      if (key.state === 'retired') throw infraError('VAULT_KEY_RETIRED', { key: id });
      return material(key).sign(data);
    },
    ensure: (purpose, algorithm) => ensureState(purpose, algorithm, 'current'),
    prepare: (purpose, algorithm) => ensureState(purpose, algorithm, 'next'),
    rotate: (purpose, algorithm) =>
      inTurn(async () => {
        const before = pick(purpose, algorithm, 'current');
        const next = pick(purpose, algorithm, 'next') ?? (await make(purpose, algorithm, 'next'));
        const now = clock.now();
        const current: StoredKey = { ...next, state: 'current', changedAt: now };
        const others = keys.filter((key) => key.id !== before?.id && key.id !== next.id);
        const retired: StoredKey[] = before ? [{ ...before, state: 'retired', changedAt: now }] : [];
        keep([...others, ...retired, current]);
        return infoOf(current);
      }),
    remove: (id) =>
      inTurn(async () => {
        const key = find(id);
        if (key.state !== 'retired') throw infraError('VAULT_KEY_IN_USE', { key: id });
        opened.delete(id);
        keep(keys.filter((one) => one.id !== id));
      }),
    secret: (name) => new Uint8Array(hkdfSync('sha256', root, new Uint8Array(), `hufu ${name}`, 32)),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function infoOf({ privateKey: _, ...info }: StoredKey): KeyInfo {
  return info;
}
