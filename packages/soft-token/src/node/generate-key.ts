import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { SignatureAlgorithm } from '@hufu/pki';

const MAKERS: Readonly<Record<SignatureAlgorithm, () => { privateKey: KeyObject }>> = {
  'sm2-sm3': () => generateKeyPairSync('ec', { namedCurve: 'SM2' }),
  'ecdsa-p256-sha256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'rsa-pkcs1-sha256': () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
};

/** A fresh private key as PKCS#8 DER. */
export const generatePkcs8 = (algorithm: SignatureAlgorithm): Uint8Array =>
  new Uint8Array(MAKERS[algorithm]().privateKey.export({ type: 'pkcs8', format: 'der' }));
