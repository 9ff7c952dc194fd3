import { createHash } from 'node:crypto';
import { equalBytes } from '@hufu/kernel';
import {
  type CryptoEngine,
  parseCertificate,
  parseCertificationRequest,
  type SubjectPublicKeyInfo,
  verifyCertificationRequest,
} from '@hufu/pki';
import { raError } from '../errors.ts';
import type { IssuedPair } from './authority-client.ts';

export type Requests = { readonly sign: Uint8Array; readonly encrypt: Uint8Array | undefined };

export type ReadRequests = {
  readonly sign: SubjectPublicKeyInfo;
  readonly encrypt: SubjectPublicKeyInfo | undefined;
  /** SHA-256 (hexadecimal) of both requests. */
  readonly digest: string;
};

async function keyOf(engine: CryptoEngine, csr: Uint8Array): Promise<SubjectPublicKeyInfo> {
  try {
    const request = parseCertificationRequest(csr);
    if (request.spki.kind === 'sm2' && (await verifyCertificationRequest(request, engine)))
      return request.spki;
  } catch (error) {
    throw raError('RA_CSR', {}, error);
  }
  throw raError('RA_CSR');
}

/** Two SM2 keys, each proved by its own request. @throws RA_CSR, RA_KEY_SAME */
export async function readRequests(engine: CryptoEngine, requests: Requests): Promise<ReadRequests> {
  const sign = await keyOf(engine, requests.sign);
  const encrypt = requests.encrypt && (await keyOf(engine, requests.encrypt));
  if (encrypt !== undefined && equalBytes(sign.der, encrypt.der)) throw raError('RA_KEY_SAME');
  const digest = createHash('sha256')
    .update(requests.sign)
    .update(requests.encrypt ?? '')
    .digest('hex');
  return { sign, encrypt, digest };
}

/** What came back is for the keys that were sent. @throws RA_AUTHORITY_REFUSED */
export function mustFit(
  pair: IssuedPair,
  keys: { readonly sign: SubjectPublicKeyInfo; readonly encrypt: SubjectPublicKeyInfo | undefined },
): void {
  const fits = (der: Uint8Array | undefined, key: SubjectPublicKeyInfo | undefined) =>
    key === undefined || (der !== undefined && equalBytes(parseCertificate(der).spki.der, key.der));
  if (!fits(pair.certificate, keys.sign) || !fits(pair.encryption?.certificate, keys.encrypt)) {
    throw raError('RA_AUTHORITY_REFUSED', { said: 'KEY' });
  }
}
