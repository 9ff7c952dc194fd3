import { basename } from 'node:path';
import { fromBase64, toBase64 } from '@hufu/kernel';
import { type SocketClientOptions, socketClient } from '@hufu/kernel/node';
import type { SignatureAlgorithm, Signer } from '@hufu/pki';
import { z } from 'zod';
import { caError } from '../errors.ts';
import type { Options } from '../options.ts';

/** As the vault names them, and as certificates do. */
const ALGORITHMS: Readonly<
  Record<Options['algorithm'], { readonly vault: string; readonly signature: SignatureAlgorithm }>
> = {
  sm2: { vault: 'SM2', signature: 'sm2-sm3' },
  rsa: { vault: 'RS256', signature: 'rsa-pkcs1-sha256' },
  p256: { vault: 'ES256', signature: 'ecdsa-p256-sha256' },
};

const Ensured = z.object({ key: z.object({ id: z.string(), publicKey: z.base64() }) });
const Signed = z.object({ made: z.tuple([z.object({ signature: z.base64() })]) });

/**
 * The named key of this authority in the vault process, made there when it is not there yet; it signs in there. The
 * token file is called after the client (`<client>.token`), to whom all purposes `<client>/…` belong.
 *
 * @throws CA_VAULT
 */
export async function openVaultKey(
  name: string,
  vault: SocketClientOptions,
  algorithm: Options['algorithm'],
): Promise<Signer> {
  const client = socketClient(vault);
  const ask = async <Schema extends z.ZodType>(path: string, schema: Schema, body: unknown) => {
    const { status, answer } = await client.ask(path, body).catch((cause: unknown) => {
      throw caError('CA_VAULT', { path }, cause);
    });
    const parsed = schema.safeParse(answer);
    if (status >= 400 || !parsed.success) throw caError('CA_VAULT', { path, status });
    return parsed.data;
  };
  const kind = ALGORITHMS[algorithm];
  const purpose = `${basename(vault.tokenFile, '.token')}/${name}`;
  const { key } = await ask('/v1/keys/ensure', Ensured, { purpose, algorithm: kind.vault });
  return {
    algorithm: kind.signature,
    publicKey: fromBase64(key.publicKey),
    async sign(message) {
      const uses = [{ id: key.id, data: toBase64(message) }];
      const { made } = await ask('/v1/keys/sign', Signed, { uses });
      return fromBase64(made[0].signature);
    },
  };
}
