import { type DerReader, readDer } from '@hufu/gm';
import { CodedError } from '@hufu/kernel';
import type { Certificate } from '../x509/model.ts';
import { EXTENSION_OID } from '../x509/oids.ts';
import { type CheckFailure, refuse } from './failure.ts';

/** id-qt-cps and id-qt-unotice: for people to read, without consequence for validation. */
const KNOWN: ReadonlySet<string> = new Set(['1.3.6.1.5.5.7.2.1', '1.3.6.1.5.5.7.2.2']);

/** RFC 5280 §4.2.1.4: critical policies with a qualifier that is not understood are not understood themselves. */
export function checkPolicyQualifiers(certificate: Certificate): CheckFailure | undefined {
  const extension = certificate.extensions.get(EXTENSION_OID.certificatePolicies);
  if (!extension?.critical) return undefined;
  const unknown = qualifiersOf(extension.value).find((oid) => !KNOWN.has(oid));
  return unknown === undefined
    ? undefined
    : refuse('UNKNOWN_CRITICAL_EXTENSION', 'RFC 5280 §4.2.1.4', unknown);
}

/** OIDs of all qualifiers. The parser leaves their inside alone: what is malformed there is not understood either. */
function qualifiersOf(certificatePolicies: Uint8Array): string[] {
  try {
    return readDer(certificatePolicies, readQualifiers);
  } catch (error) {
    if (error instanceof CodedError) return ['malformed'];
    throw error;
  }
}

function readQualifiers(reader: DerReader): string[] {
  const found: string[] = [];
  const policies = reader.sequence();
  while (!policies.done) {
    const policy = policies.sequence();
    policy.oid();
    if (policy.done) continue;
    const qualifiers = policy.sequence();
    while (!qualifiers.done) {
      const qualifier = qualifiers.sequence();
      found.push(qualifier.oid());
    }
  }
  return found;
}
