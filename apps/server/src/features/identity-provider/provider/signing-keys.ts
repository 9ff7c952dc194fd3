import { createPublicKey, type KeyObject } from 'node:crypto';
import { readDer, TAG } from '@hufu/gm';
import { ExternalSigningKey } from 'oidc-provider';
import type { KeyAlgorithm, KeyInfo, KeyState, KeyVault } from '../../../infra/vault/key-vault.ts';

export const SIGNING_PURPOSE = 'oidc';
export const SIGNING_ALGORITHMS = ['ES256', 'RS256'] as const satisfies readonly KeyAlgorithm[];

/** The provider signs with the first key that fits: the current one. */
const ORDER: Readonly<Record<KeyState, number>> = { current: 0, next: 1, retired: 2 };

/** The vault's keys as the provider takes them: it sees public halves, and asks the vault to sign. */
export function signingKeys(vault: KeyVault): ExternalSigningKey[] {
  return vault
    .list(SIGNING_PURPOSE)
    .toSorted((a, b) => ORDER[a.state] - ORDER[b.state] || b.createdAt - a.createdAt)
    .map((key) => new VaultKey(vault, key));
}

class VaultKey extends ExternalSigningKey {
  readonly #vault: KeyVault;
  readonly #key: KeyInfo;
  readonly #public: KeyObject;

  constructor(vault: KeyVault, key: KeyInfo) {
    super();
    this.#vault = vault;
    this.#key = key;
    const der = Buffer.from(vault.publicKey(key.id));
    this.#public = createPublicKey({ key: der, format: 'der', type: 'spki' });
    // The base class has setters that its type does not tell of.
    Object.assign(this, { kid: key.id, alg: key.algorithm });
  }

  override keyObject(): KeyObject {
    return this.#public;
  }

  override async sign(data: Uint8Array): Promise<Buffer> {
    const signature = await this.#vault.sign(this.#key.id, data);
    return Buffer.from(this.#key.algorithm === 'ES256' ? joseSignature(signature) : signature);
  }
}

/** ECDSA-Sig-Value (RFC 3279 §2.2.3) to r ‖ s of 32 bytes each (RFC 7518 §3.4). */
export function joseSignature(der: Uint8Array): Uint8Array {
  return readDer(der, (reader) =>
    reader.within(TAG.sequence, (fields) => {
      const joined = new Uint8Array(64);
      const r = fields.integer();
      const s = fields.integer();
      joined.set(fixed(r), 0);
      joined.set(fixed(s), 32);
      return joined;
    }),
  );
}

function fixed(value: bigint): Uint8Array {
  return new Uint8Array(Buffer.from(value.toString(16).padStart(64, '0'), 'hex'));
}
