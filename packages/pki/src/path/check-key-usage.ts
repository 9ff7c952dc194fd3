import type { Certificate, KeyUsageBit } from '../x509/model.ts';
import { type CheckFailure, refuse } from './failure.ts';

/** What a key is wanted for; any one of the bits listed allows it (RFC 5280 §4.2.1.3). */
const BITS_FOR = {
  sign: ['digitalSignature', 'nonRepudiation'],
  encrypt: ['keyEncipherment', 'dataEncipherment', 'keyAgreement'],
  'sign-certificates': ['keyCertSign'],
  'sign-revocation-lists': ['cRLSign'],
} as const satisfies Record<string, readonly KeyUsageBit[]>;

export type KeyPurpose = keyof typeof BITS_FOR;

/** §6.1.4(n), and the same for the end certificate: a stated key usage covers the purpose. Unstated, none is excluded. */
export function checkKeyUsage(certificate: Certificate, purpose: KeyPurpose): CheckFailure | undefined {
  const { keyUsage } = certificate;
  if (keyUsage === undefined || BITS_FOR[purpose].some((bit) => keyUsage.has(bit))) return undefined;
  const clause = purpose === 'sign-certificates' ? 'RFC 5280 §6.1.4(n)' : 'RFC 5280 §4.2.1.3';
  return refuse('KEY_USAGE_REFUSED', clause, purpose);
}
