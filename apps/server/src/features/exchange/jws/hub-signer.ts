import { createPublicKey } from 'node:crypto';
import { toBase64Url, utf8 } from '@hufu/kernel';
import type { KeyVault } from '../../../infra/vault/key-vault.ts';
import { joseSignature } from '../../identity-provider/index.ts';

/** What the installation says to platforms, signed: it can be shown to others later. */
export type HubSigner = {
  /** @param type of what is signed, e.g. `hufu-notice+jws` (RFC 7515 §4.1.9, RFC 8725 §3.11) @returns compact JWS */
  sign(type: string, payload: Readonly<Record<string, unknown>>): Promise<string>;
  /** Public halves, as JWKs (RFC 7517): of those that sign and those that have signed. */
  keys(): Record<string, unknown>[];
};

const PURPOSE = 'exchange';
const ALGORITHM = 'ES256';

const encoded = (value: unknown): string => toBase64Url(utf8(JSON.stringify(value)));

/** Makes the key when there is none. */
export async function createHubSigner(vault: KeyVault): Promise<HubSigner> {
  await vault.ensure(PURPOSE, ALGORITHM);
  return {
    async sign(type, payload) {
      const { id } = await vault.ensure(PURPOSE, ALGORITHM);
      const input = `${encoded({ alg: ALGORITHM, kid: id, typ: type })}.${encoded(payload)}`;
      return `${input}.${toBase64Url(joseSignature(await vault.sign(id, utf8(input))))}`;
    },
    keys: () =>
      vault.list(PURPOSE).map(({ id }) => {
        const der = Buffer.from(vault.publicKey(id));
        const jwk = createPublicKey({ key: der, format: 'der', type: 'spki' }).export({ format: 'jwk' });
        return { ...jwk, kid: id, alg: ALGORITHM, use: 'sig' };
      }),
  };
}
