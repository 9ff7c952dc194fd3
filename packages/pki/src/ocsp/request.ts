import { contextTag, type DerReader, derContext, derSequence, readDer, TAG } from '@hufu/gm';
import { pkiError } from '../errors.ts';
import { readGeneralName } from '../x509/general-name.ts';
import { readCertId } from './cert-id.ts';
import { buildNonce, nonceOf, readTaggedExtensions } from './extensions.ts';
import type { CertId, OcspRequest } from './model.ts';

const MAX_REQUEST_BYTES = 16 * 1024;
const MAX_CERT_IDS = 100;
const CODE = 'OCSP_REQUEST';

/** Extensions of a single request are checked and dropped: none is defined that this project answers to. */
function readSingleRequest(reader: DerReader): CertId {
  return reader.within(TAG.sequence, (inner) => {
    const certId = readCertId(inner);
    readTaggedExtensions(inner, { tag: contextTag(0), code: CODE });
    return certId;
  });
}

function readList(reader: DerReader): CertId[] {
  const list = reader.sequence();
  const certIds: CertId[] = [];
  while (!list.done) certIds.push(readSingleRequest(list));
  if (certIds.length === 0 || certIds.length > MAX_CERT_IDS) throw pkiError(CODE, { count: certIds.length });
  return certIds;
}

function readBody(reader: DerReader): Omit<OcspRequest, 'der'> {
  const version =
    reader.optional(contextTag(0), (r) => r.within(contextTag(0), (v) => v.smallInteger())) ?? 0;
  if (version !== 0) throw pkiError(CODE, { version });
  reader.optional(contextTag(1), (r) => r.within(contextTag(1), readGeneralName));
  const certIds = readList(reader);
  const extensions = readTaggedExtensions(reader, { tag: contextTag(2), code: CODE });
  return { certIds, nonce: nonceOf(extensions, CODE) };
}

/** OCSPRequest (RFC 6960 §4.1.1); a requester's signature is passed over. @throws OCSP_REQUEST, CERT_*, DER_* */
export function parseOcspRequest(der: Uint8Array): OcspRequest {
  if (der.length > MAX_REQUEST_BYTES) throw pkiError(CODE, { bytes: der.length });
  return readDer(der, (reader) =>
    reader.within(TAG.sequence, (outer) => {
      const body = outer.within(TAG.sequence, readBody);
      outer.optional(contextTag(0), (signature) => signature.next());
      return { der, ...body };
    }),
  );
}

/** An unsigned OCSPRequest. @param request.certIds made by `buildCertId`; the nonce is 16 to 32 random octets */
export function buildOcspRequest(request: {
  readonly certIds: readonly Uint8Array[];
  readonly nonce?: Uint8Array;
}): Uint8Array {
  const list = derSequence(...request.certIds.map((certId) => derSequence(certId)));
  const extensions =
    request.nonce === undefined ? undefined : derContext(2, derSequence(buildNonce(request.nonce)));
  return derSequence(derSequence(list, extensions));
}
