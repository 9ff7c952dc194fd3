import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { drawRandom, fromBase64, type RandomBytes, toBase64 } from '@hufu/kernel';
import { createKeyRing, type KeyRing, type KeyRingAlgorithm, type KeyRingInfo } from '@hufu/pki/node';
import { signerError } from '../errors.ts';
import type { VaultStore } from '../store/vault-store.ts';

/** The server's own name among clients; docs/runbooks/signer.md. */
export const SERVER = 'server';

export type PublicKeyInfo = KeyRingInfo & { readonly publicKey: Uint8Array };

/**
 * Keys that are used whole, each by its owner alone: purposes that begin with a client's name and a slash are that
 * client's, all others the server's. Every use is in the journal before it is answered.
 */
export type ServiceKeys = {
  /** Grows with every change of keys. */
  revision(): number;
  list(client: string): PublicKeyInfo[];
  change(client: string, act: 'ensure' | 'prepare' | 'rotate', key: KeyName): Promise<PublicKeyInfo>;
  /** @throws VAULT_KEY_UNKNOWN, VAULT_KEY_IN_USE */
  remove(client: string, id: string): Promise<void>;
  /** @throws VAULT_KEY_UNKNOWN, VAULT_KEY_RETIRED, SIGNER_TOO_MANY_USES */
  sign(client: string, use: { readonly id: string; readonly data: Uint8Array }): Promise<Uint8Array>;
  /** 32 bytes under a name, the server's alone. @throws SIGNER_POLICY */
  secret(client: string, name: string): Promise<Uint8Array>;
};

export type KeyName = { readonly purpose: string; readonly algorithm: KeyRingAlgorithm };

export type ServiceKeyOptions = {
  readonly store: VaultStore;
  readonly random: RandomBytes;
  /** Signatures with one key; what is above that is no ordinary day. */
  readonly signaturesPerMinute: number;
};

const MINUTE = 60_000;

const owns = (client: string, purpose: string): boolean =>
  client === SERVER ? !purpose.includes('/') : purpose.startsWith(`${client}/`);

export async function openServiceKeys(options: ServiceKeyOptions): Promise<ServiceKeys> {
  const { store, random, signaturesPerMinute } = options;
  if (store.state.root === null) {
    await store.commit({ type: 'founded', root: toBase64(drawRandom(random, 32)) });
  }
  // Told from the moment on at which the ring answers with the change: the store has it a little earlier.
  let revision = store.state.keysRevision;
  const ring: KeyRing = createKeyRing({
    keys: store.state.keys,
    keep: (keys) => store.commit({ type: 'keys', keys }),
    changed: () => {
      revision = store.state.keysRevision;
    },
    clock: store.clock,
    random: (length) => new Uint8Array(randomBytes(length)),
  });
  const counts = new Map<string, { minute: number; uses: number }>();

  const ownKey = (client: string, id: string): KeyRingInfo => {
    const info = ring.info(id);
    if (!owns(client, info.purpose)) throw signerError('SIGNER_POLICY');
    return info;
  };
  const withPublicKey = (info: KeyRingInfo): PublicKeyInfo => ({
    ...info,
    publicKey: ring.publicKey(info.id),
  });
  const count = (id: string): void => {
    const minute = Math.floor(store.clock.now() / MINUTE);
    const before = counts.get(id);
    const uses = (before?.minute === minute ? before.uses : 0) + 1;
    if (uses > signaturesPerMinute) throw signerError('SIGNER_TOO_MANY_USES');
    counts.set(id, { minute, uses });
  };

  return {
    revision: () => revision,
    list: (client) =>
      ring
        .all()
        .filter(({ purpose }) => owns(client, purpose))
        .map(withPublicKey),
    async change(client, act, { purpose, algorithm }) {
      if (!owns(client, purpose)) throw signerError('SIGNER_POLICY');
      return withPublicKey(await ring[act](purpose, algorithm));
    },
    async remove(client, id) {
      ownKey(client, id);
      await ring.remove(id);
    },
    async sign(client, { id, data }) {
      ownKey(client, id);
      count(id);
      const signature = await ring.sign(id, data);
      const digest = createHash('sha256').update(data).digest('base64');
      await store.commit({ type: 'key-used', client, key: id, digest });
      return signature;
    },
    async secret(client, name) {
      const root = store.state.root;
      if (client !== SERVER || root === null) throw signerError('SIGNER_POLICY');
      await store.commit({ type: 'secret-read', client, name });
      return new Uint8Array(hkdfSync('sha256', fromBase64(root), new Uint8Array(), `hufu ${name}`, 32));
    },
  };
}
