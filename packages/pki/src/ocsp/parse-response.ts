import { contextTag, type DerReader, primitiveContextTag, readDer, TAG } from '@hufu/gm';
import { readCrlReason } from '../crl/entry-extensions.ts';
import { pkiError } from '../errors.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { readAlgorithm } from '../x509/key.ts';
import type { Certificate } from '../x509/model.ts';
import { readName } from '../x509/name.ts';
import { CONTENT_OID } from '../x509/oids.ts';
import { readCertId } from './cert-id.ts';
import { nonceOf, readTaggedExtensions } from './extensions.ts';
import {
  type BasicOcspResponse,
  OCSP_RESPONSE_STATUS,
  type OcspCertStatus,
  type OcspResponse,
  type OcspResponseStatus,
  type OcspSingleResponse,
  type ResponderId,
} from './model.ts';

const MAX_RESPONSE_BYTES = 1024 * 1024;
const MAX_CERTIFICATES = 10;
const MAX_RESPONSES = 1000;
const CODE = 'OCSP_RESPONSE';

const STATUS_NAMES = new Map<number, OcspResponseStatus>(
  Object.entries(OCSP_RESPONSE_STATUS).map(([name, number]) => [number, name as OcspResponseStatus]),
);

const refuse = (of: string): never => {
  throw pkiError(CODE, { of });
};

function readStatus(reader: DerReader): OcspCertStatus {
  switch (reader.peek()) {
    case primitiveContextTag(0):
      reader.null(primitiveContextTag(0));
      return { kind: 'good' };
    case contextTag(1):
      return reader.within(contextTag(1), (revoked) => ({
        kind: 'revoked' as const,
        at: revoked.time({ tag: TAG.generalizedTime }),
        reason:
          revoked.optional(contextTag(0), (r) => r.within(contextTag(0), readCrlReason)) ?? 'unspecified',
      }));
    case primitiveContextTag(2):
      reader.null(primitiveContextTag(2));
      return { kind: 'unknown' };
    default:
      return refuse('status');
  }
}

function readSingle(reader: DerReader): OcspSingleResponse {
  return reader.within(TAG.sequence, (inner) => {
    const certId = readCertId(inner);
    const status = readStatus(inner);
    const thisUpdate = inner.time({ tag: TAG.generalizedTime });
    const nextUpdate = inner.optional(contextTag(0), (r) =>
      r.within(contextTag(0), (time) => time.time({ tag: TAG.generalizedTime })),
    );
    const extensions = readTaggedExtensions(inner, { tag: contextTag(1), code: CODE });
    return { certId, status, thisUpdate, nextUpdate, extensions };
  });
}

function readResponderId(reader: DerReader): ResponderId {
  switch (reader.peek()) {
    case contextTag(1):
      return { kind: 'name', name: reader.within(contextTag(1), readName) };
    case contextTag(2):
      return { kind: 'key', hash: reader.within(contextTag(2), (key) => key.octetString()) };
    default:
      return refuse('responderId');
  }
}

function readResponses(reader: DerReader): OcspSingleResponse[] {
  const list = reader.sequence();
  const responses: OcspSingleResponse[] = [];
  while (!list.done) responses.push(readSingle(list));
  return responses.length > 0 && responses.length <= MAX_RESPONSES ? responses : refuse('responses');
}

type Data = Pick<BasicOcspResponse, 'responderId' | 'producedAt' | 'responses' | 'nonce' | 'extensions'>;

function readData(reader: DerReader): Data {
  const version =
    reader.optional(contextTag(0), (r) => r.within(contextTag(0), (v) => v.smallInteger())) ?? 0;
  if (version !== 0) refuse('version');
  const responderId = readResponderId(reader);
  const producedAt = reader.time({ tag: TAG.generalizedTime });
  const responses = readResponses(reader);
  const extensions = readTaggedExtensions(reader, { tag: contextTag(1), code: CODE });
  return { responderId, producedAt, responses, nonce: nonceOf(extensions, CODE), extensions };
}

function readCertificates(reader: DerReader): Certificate[] {
  return reader.within(contextTag(0), (tagged) => {
    const list = tagged.sequence();
    const certificates: Certificate[] = [];
    while (!list.done) {
      certificates.push(parseCertificate(list.element(TAG.sequence)));
      if (certificates.length > MAX_CERTIFICATES) refuse('certificates');
    }
    return certificates;
  });
}

/** BasicOCSPResponse (RFC 6960 §4.2.1). */
function readBasic(reader: DerReader): BasicOcspResponse {
  return reader.within(TAG.sequence, (outer) => {
    const data = outer.within(TAG.sequence, readData);
    const tbs = outer.bytes.subarray(outer.start, outer.contentEnd);
    const signatureAlgorithm = readAlgorithm(outer);
    const signature = outer.bitStringBytes();
    const certificates = outer.optional(contextTag(0), readCertificates) ?? [];
    return { tbs, ...data, signatureAlgorithm, signature, certificates };
  });
}

function readResponseBytes(reader: DerReader): BasicOcspResponse {
  return reader.within(contextTag(0), (tagged) =>
    tagged.within(TAG.sequence, (bytes) => {
      if (bytes.oid() !== CONTENT_OID.ocspBasic) refuse('responseType');
      return readDer(bytes.octetString(), readBasic);
    }),
  );
}

/** OCSPResponse (RFC 6960 §4.2.1) in strict DER; the signature is for `verifyOcspSignature`. @throws OCSP_RESPONSE, CERT_*, KEY_*, DER_* */
export function parseOcspResponse(input: Uint8Array): OcspResponse {
  if (input.length > MAX_RESPONSE_BYTES) throw pkiError(CODE, { bytes: input.length });
  return readDer(new Uint8Array(input), (reader) =>
    reader.within(TAG.sequence, (outer) => {
      const status = STATUS_NAMES.get(outer.smallInteger(TAG.enumerated)) ?? refuse('responseStatus');
      if (status === 'successful') return { status, basic: readResponseBytes(outer) };
      return { status, basic: undefined };
    }),
  );
}
