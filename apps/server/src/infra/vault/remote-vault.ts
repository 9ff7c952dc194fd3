import { CodedError, errorFactory, fromBase64, toBase64 } from '@hufu/kernel';
import { PKI_ERRORS } from '@hufu/pki';
import { KEY_RING_ALGORITHMS, KEY_RING_STATES } from '@hufu/pki/node';
import { z } from 'zod';
import type { KeyAlgorithm, KeyInfo, KeyVault } from './key-vault.ts';
import { SECRET_NAMES, type SecretName } from './secret-names.ts';
import type { SignerClient } from './signer-client.ts';
import { together } from './together.ts';

/** The vault's own code for a key that it does not hold. */
const pkiError = errorFactory(PKI_ERRORS);

const Key = z.object({
  id: z.string(),
  purpose: z.string(),
  algorithm: z.enum(KEY_RING_ALGORITHMS),
  state: z.enum(KEY_RING_STATES),
  createdAt: z.number(),
  changedAt: z.number(),
  publicKey: z.base64(),
});
const Revision = z.object({ revision: z.int() });
const Keys = Revision.extend({ keys: z.array(Key) });
const Changed = Revision.extend({ key: Key });
const Signed = Revision.extend({
  made: z.array(z.union([z.object({ signature: z.base64() }), z.object({ code: z.string() })])),
});
const Secret = z.object({ secret: z.base64() });

/** Another server of the installation may have rotated a key: what is older is asked for again. */
const FRESH_MS = 30_000;
/** In one request. */
const MOST_SIGNATURES = 200;

export type RemoteVaultOptions = {
  readonly client: SignerClient;
  /** Milliseconds, for the age of the list of keys. */
  readonly now: () => number;
};

/**
 * Keys of the vault process: a signature is a question to it. What is public (names, public keys) and the few derived
 * secrets are kept here, because they are asked for without waiting.
 *
 * @throws VAULT_UNAVAILABLE when the vault does not run
 */
export async function openRemoteVault({ client, now }: RemoteVaultOptions): Promise<KeyVault> {
  const listeners = new Set<() => void>();
  const secrets = new Map<SecretName, Uint8Array>();
  for (const name of SECRET_NAMES) {
    const { secret } = await client.ask('/v1/secrets', Secret, { name });
    secrets.set(name, fromBase64(secret));
  }
  let known = await readKeys(client);
  let readAt = now();
  let refreshing: Promise<void> | undefined;

  function refresh(): Promise<void> {
    refreshing ??= readKeys(client)
      .then((next) => {
        readAt = now();
        if (next.revision === known.revision) return;
        known = next;
        for (const listener of listeners) listener();
      })
      .finally(() => {
        refreshing = undefined;
      });
    return refreshing;
  }
  /** After an answer of a later revision the list is read again before anybody goes on: also past a reading that had
   * begun before the change. */
  const seen = async (revision: number): Promise<void> => {
    while (known.revision < revision) await refresh();
  };
  const find = (id: string) => {
    const key = known.keys.get(id);
    if (key === undefined) throw pkiError('VAULT_KEY_UNKNOWN', { key: id });
    return key;
  };
  const change = async (act: string, purpose: string, algorithm: KeyAlgorithm): Promise<KeyInfo> => {
    const { revision, key } = await client.ask(`/v1/keys/${act}`, Changed, { purpose, algorithm });
    await seen(revision);
    return infoOf(key);
  };

  const signTogether = together<{ id: string; data: string }, Uint8Array>(async (uses) => {
    const { revision, made } = await client.ask('/v1/keys/sign', Signed, { uses });
    await seen(revision);
    return made.map((one, index) =>
      'signature' in one
        ? fromBase64(one.signature)
        : new CodedError(one.code, { key: uses[index]?.id ?? '' }),
    );
  }, MOST_SIGNATURES);

  return {
    list(purpose) {
      // Nobody waits for this: the next caller has the news.
      if (now() - readAt > FRESH_MS) refresh().catch(() => undefined);
      return [...known.keys.values()].filter((key) => key.purpose === purpose).map(infoOf);
    },
    publicKey: (id) => fromBase64(find(id).publicKey),
    sign: (id, data) => signTogether({ id, data: toBase64(data) }),
    ensure: (purpose, algorithm) => change('ensure', purpose, algorithm),
    prepare: (purpose, algorithm) => change('prepare', purpose, algorithm),
    rotate: (purpose, algorithm) => change('rotate', purpose, algorithm),
    async remove(id) {
      const { revision } = await client.ask('/v1/keys/remove', Revision, { id });
      await seen(revision);
    },
    secret(name) {
      const secret = secrets.get(name);
      if (secret === undefined) throw pkiError('VAULT_KEY_UNKNOWN', { key: name });
      return secret;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

type KnownKeys = {
  readonly revision: number;
  readonly keys: ReadonlyMap<string, z.infer<typeof Key>>;
};

async function readKeys(client: SignerClient): Promise<KnownKeys> {
  const { revision, keys } = await client.ask('/v1/keys', Keys);
  return { revision, keys: new Map(keys.map((key) => [key.id, key])) };
}

function infoOf({ publicKey: _, ...info }: z.infer<typeof Key>): KeyInfo {
  return info;
}
