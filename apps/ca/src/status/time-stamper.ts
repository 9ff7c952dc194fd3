import { type Clock, CodedError } from '@hufu/kernel';
import {
  buildTimeStampRefusal,
  buildTimeStampResponse,
  type CryptoEngine,
  digestOfOid,
  parseTimeStampRequest,
  type TimeStampRequest,
} from '@hufu/pki';
import { type Entity, newSerial } from '../issue/hierarchy.ts';
import { VENDOR_OID } from '../vendors/oids.ts';

/** Octets of the digests that are stamped; SHA-1 is not. */
const DIGEST_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['sha256', 32],
  ['sha384', 48],
  ['sha512', 64],
  ['sm3', 32],
]);

export type TimeStamper = (request: Uint8Array) => Promise<Uint8Array>;

function readRequest(bytes: Uint8Array): TimeStampRequest | undefined {
  try {
    return parseTimeStampRequest(bytes);
  } catch (error) {
    if (error instanceof CodedError) return undefined;
    throw error;
  }
}

/** Answers RFC 3161 requests; a refusal is an answer too. */
export function createTimeStamper(authority: Entity, clock: Clock, engine: CryptoEngine): TimeStamper {
  return async (bytes) => {
    const request = readRequest(bytes);
    if (request === undefined) return buildTimeStampRefusal('badDataFormat', 'malformed request');
    const { imprint, policy } = request;
    const length = DIGEST_LENGTHS.get(digestOfOid(imprint.hashOid) ?? '');
    if (length === undefined) return buildTimeStampRefusal('badAlg', 'digest not supported');
    if (imprint.hash.length !== length) {
      return buildTimeStampRefusal('badDataFormat', 'digest of the wrong length');
    }
    if (policy !== undefined && policy !== VENDOR_OID.timeStampPolicy) {
      return buildTimeStampRefusal('unacceptedPolicy', 'policy not supported');
    }
    return buildTimeStampResponse(
      {
        request,
        policy: VENDOR_OID.timeStampPolicy,
        serial: newSerial(),
        at: clock.now(),
        accuracySeconds: 1,
        certificate: authority.certificate,
      },
      authority.signer,
      engine,
    );
  };
}
