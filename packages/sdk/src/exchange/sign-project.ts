import type { TradedProject } from '@hufu/contracts';
import { utf8 } from '@hufu/kernel';
import { CompactSign, importJWK, type JWK } from 'jose';

/** The platform's own signing key: a private JWK, P-256, whose public half the desk has registered under its `kid`. */
export type PlatformSigningKey = JWK & { readonly kid: string };

/** The statement by which a platform answers for a project. */
export async function signProject(project: TradedProject, key: PlatformSigningKey): Promise<string> {
  return new CompactSign(utf8(JSON.stringify(project)))
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: 'hufu-project+jws' })
    .sign(await importJWK(key, 'ES256'));
}
