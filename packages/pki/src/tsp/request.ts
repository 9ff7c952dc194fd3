import {
  contextTag,
  type DerReader,
  derBoolean,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  readDer,
  TAG,
} from '@hufu/gm';
import type { DigestAlgorithm } from '../crypto-engine.ts';
import { pkiError } from '../errors.ts';
import { readAlgorithm } from '../x509/key.ts';
import { DIGEST_OID } from '../x509/oids.ts';
import type { MessageImprint, TimeStampRequest } from './model.ts';

const MAX_REQUEST_BYTES = 16 * 1024;
/** Clients send 64 bits; more than this is no nonce. */
const MAX_NONCE_OCTETS = 64;

/** MessageImprint (RFC 3161 §2.4.1). */
export function readImprint(reader: DerReader): MessageImprint {
  return reader.within(TAG.sequence, (inner) => ({
    hashOid: readAlgorithm(inner).oid,
    hash: inner.octetString(),
  }));
}

export const readNonce = (reader: DerReader): bigint | undefined =>
  reader.optional(TAG.integer, (r) => r.integer({ signed: true, maxBytes: MAX_NONCE_OCTETS }));

/** TimeStampReq (RFC 3161 §2.4.1). Requests with extensions are refused: none is known. @throws TSP_REQUEST, DER_* */
export function parseTimeStampRequest(der: Uint8Array): TimeStampRequest {
  if (der.length > MAX_REQUEST_BYTES) throw pkiError('TSP_REQUEST', { bytes: der.length });
  return readDer(der, (reader) =>
    reader.within(TAG.sequence, (inner) => {
      const version = inner.smallInteger();
      if (version !== 1) throw pkiError('TSP_REQUEST', { version });
      const imprint = readImprint(inner);
      const policy = inner.optional(TAG.oid, (r) => r.oid());
      const nonce = readNonce(inner);
      const certificateRequested = inner.optional(TAG.boolean, (r) => r.boolean()) ?? false;
      if (inner.peek() === contextTag(0)) throw pkiError('TSP_REQUEST', { of: 'extensions' });
      return { der, imprint, policy, nonce, certificateRequested };
    }),
  );
}

export type TimeStampRequestSpec = {
  readonly digest: DigestAlgorithm;
  readonly hash: Uint8Array;
  /** The only policy (OID) under which the answer is wanted; without it the authority chooses. */
  readonly policy?: string | undefined;
  readonly nonce?: bigint;
  readonly certificateRequested?: boolean;
};

export const buildImprint = (digest: DigestAlgorithm, hash: Uint8Array): Uint8Array =>
  derSequence(derSequence(derOid(DIGEST_OID[digest]), derNull()), derOctetString(hash));

/** TimeStampReq for a digest that the caller made. */
export const buildTimeStampRequest = (spec: TimeStampRequestSpec): Uint8Array =>
  derSequence(
    derInteger(1),
    buildImprint(spec.digest, spec.hash),
    spec.policy === undefined ? undefined : derOid(spec.policy),
    spec.nonce === undefined ? undefined : derInteger(spec.nonce),
    spec.certificateRequested === true ? derBoolean(true) : undefined,
  );
