import {
  derContext,
  derElement,
  derEnumerated,
  derGeneralizedTime,
  derOctetString,
  derOid,
  derSequence,
  primitiveContextTag,
} from '@hufu/gm';
import { signDer } from '../build/signed.ts';
import { CRL_REASONS } from '../crl/model.ts';
import type { Signer } from '../crypto-engine.ts';
import { keyIdentifier } from '../x509/identity.ts';
import { parsePublicKeyInfo } from '../x509/key.ts';
import { CONTENT_OID } from '../x509/oids.ts';
import { buildNonce } from './extensions.ts';
import { OCSP_RESPONSE_STATUS, type OcspCertStatus, type OcspResponseStatus } from './model.ts';

export type OcspSingleSpec = {
  /** Encoded CertID, as it was asked. */
  readonly certId: Uint8Array;
  readonly status: OcspCertStatus;
  readonly thisUpdate: number;
  readonly nextUpdate?: number;
};

export type OcspResponseSpec = {
  readonly producedAt: number;
  readonly responses: readonly OcspSingleSpec[];
  readonly nonce?: Uint8Array;
  /** The delegated responder's certificate (RFC 6960 §4.2.2.2), DER; none when the issuer itself signs. */
  readonly certificates?: readonly Uint8Array[];
};

function buildStatus(status: OcspCertStatus): Uint8Array {
  switch (status.kind) {
    case 'good':
      return derElement(primitiveContextTag(0));
    case 'unknown':
      return derElement(primitiveContextTag(2));
    case 'revoked': {
      const reason =
        status.reason === 'unspecified' ? [] : [derContext(0, derEnumerated(CRL_REASONS[status.reason]))];
      return derContext(1, derGeneralizedTime(status.at), ...reason);
    }
  }
}

function buildSingle(single: OcspSingleSpec): Uint8Array {
  const nextUpdate =
    single.nextUpdate === undefined ? undefined : derContext(0, derGeneralizedTime(single.nextUpdate));
  return derSequence(
    single.certId,
    buildStatus(single.status),
    derGeneralizedTime(single.thisUpdate),
    nextUpdate,
  );
}

/** A successful OCSPResponse, naming its responder by key (RFC 6960 §4.2.1). */
export async function buildOcspResponse(spec: OcspResponseSpec, responder: Signer): Promise<Uint8Array> {
  const responderId = derContext(2, derOctetString(keyIdentifier(parsePublicKeyInfo(responder.publicKey))));
  const data = derSequence(
    responderId,
    derGeneralizedTime(spec.producedAt),
    derSequence(...spec.responses.map(buildSingle)),
    spec.nonce === undefined ? undefined : derContext(1, derSequence(buildNonce(spec.nonce))),
  );
  const certificates = spec.certificates ?? [];
  const trailer = certificates.length === 0 ? [] : [derContext(0, derSequence(...certificates))];
  const basic = await signDer(data, responder, ...trailer);
  return derSequence(
    derEnumerated(OCSP_RESPONSE_STATUS.successful),
    derContext(0, derSequence(derOid(CONTENT_OID.ocspBasic), derOctetString(basic))),
  );
}

/** An OCSPResponse that only says why there is no answer. */
export const buildOcspError = (status: Exclude<OcspResponseStatus, 'successful'>): Uint8Array =>
  derSequence(derEnumerated(OCSP_RESPONSE_STATUS[status]));
