import { contextTag, type DerReader, primitiveContextTag, readDer, TAG } from '@hufu/gm';
import { parseSignedData } from '../cms/parse-signed-data.ts';
import { pkiError } from '../errors.ts';
import { serialToHex } from '../x509/certificate.ts';
import { CONTENT_OID } from '../x509/oids.ts';
import {
  TIME_STAMP_FAILURE,
  TIME_STAMP_STATUS,
  type TimeStampFailure,
  type TimeStampInfo,
  type TimeStampResponse,
  type TimeStampStatus,
  type TimeStampToken,
} from './model.ts';
import { readImprint, readNonce } from './request.ts';

const MAX_RESPONSE_BYTES = 1024 * 1024;
const MAX_SERIAL_OCTETS = 21;

const FAILURES = new Map<number, TimeStampFailure>(
  Object.entries(TIME_STAMP_FAILURE).map(([name, bit]) => [bit, name as TimeStampFailure]),
);

/** Accuracy (RFC 3161 §2.4.2) in microseconds. */
function readAccuracy(reader: DerReader): number {
  return reader.within(TAG.sequence, (inner) => {
    const seconds = inner.optional(TAG.integer, (r) => r.smallInteger()) ?? 0;
    const part = (n: number): number => {
      const value =
        inner.optional(primitiveContextTag(n), (r) => r.smallInteger(primitiveContextTag(n))) ?? 0;
      if (value > 999) throw pkiError('TSP_RESPONSE', { of: 'accuracy' });
      return value;
    };
    const millis = part(0);
    return seconds * 1_000_000 + millis * 1000 + part(1);
  });
}

function readInfo(reader: DerReader): TimeStampInfo {
  return reader.within(TAG.sequence, (inner) => {
    const version = inner.smallInteger();
    if (version !== 1) throw pkiError('TSP_RESPONSE', { version });
    const policy = inner.oid();
    const imprint = readImprint(inner);
    const serialHex = serialToHex(inner.integerBytes({ maxBytes: MAX_SERIAL_OCTETS }));
    const time = inner.time({ tag: TAG.generalizedTime, fraction: true });
    const accuracyMicros = inner.optional(TAG.sequence, readAccuracy) ?? 0;
    const ordering = inner.optional(TAG.boolean, (r) => r.boolean()) ?? false;
    const nonce = readNonce(inner);
    for (const n of [0, 1]) inner.optional(contextTag(n), (r) => r.next());
    return { policy, imprint, serialHex, time, accuracyMicros, ordering, nonce };
  });
}

/** TimeStampToken (RFC 3161 §2.4.2): SignedData over TSTInfo by exactly one signer. @throws TSP_RESPONSE, CMS_*, CERT_*, DER_* */
export function parseTimeStampToken(der: Uint8Array): TimeStampToken {
  const signedData = parseSignedData(der);
  const { content, contentType, signers } = signedData;
  if (contentType !== CONTENT_OID.timeStampInfo || content === undefined || signers.length !== 1) {
    throw pkiError('TSP_RESPONSE', { contentType, signers: signers.length });
  }
  return { der: signedData.der, info: readDer(content, readInfo), signedData };
}

type StatusInfo = { readonly status: TimeStampStatus; readonly failures: readonly TimeStampFailure[] };

function readStatusInfo(reader: DerReader): StatusInfo {
  return reader.within(TAG.sequence, (inner) => {
    const status = TIME_STAMP_STATUS[inner.smallInteger()];
    if (status === undefined) throw pkiError('TSP_RESPONSE', { of: 'status' });
    inner.optional(TAG.sequence, (text) => text.next());
    const bits = inner.optional(TAG.bitString, (r) => r.namedBits());
    return { status, failures: [...(bits ?? [])].flatMap((bit) => FAILURES.get(bit) ?? []) };
  });
}

/** TimeStampResp (RFC 3161 §2.4.2). @throws TSP_RESPONSE, CMS_*, CERT_*, DER_* */
export function parseTimeStampResponse(input: Uint8Array): TimeStampResponse {
  if (input.length > MAX_RESPONSE_BYTES) throw pkiError('TSP_RESPONSE', { bytes: input.length });
  return readDer(input, (reader) =>
    reader.within(TAG.sequence, (outer) => {
      const info = readStatusInfo(outer);
      const token = outer.done ? undefined : parseTimeStampToken(outer.element(TAG.sequence));
      const granted = info.status === 'granted' || info.status === 'grantedWithMods';
      if (granted !== (token !== undefined)) throw pkiError('TSP_RESPONSE', { of: 'token' });
      return { ...info, token };
    }),
  );
}
