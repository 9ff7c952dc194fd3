import type { CrlReason } from '../crl/model.ts';
import type { AlgorithmIdentifier, Certificate, Extension, Name } from '../x509/model.ts';

/** CertID (RFC 6960 §4.1.1). */
export type CertId = {
  readonly der: Uint8Array;
  readonly hashOid: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serialHex: string;
};

export type OcspRequest = {
  readonly der: Uint8Array;
  readonly certIds: readonly CertId[];
  /** Content of the nonce extension's OCTET STRING (RFC 8954). */
  readonly nonce: Uint8Array | undefined;
};

/** OCSPResponseStatus (RFC 6960 §4.2.1); 4 is not used. */
export const OCSP_RESPONSE_STATUS = {
  successful: 0,
  malformedRequest: 1,
  internalError: 2,
  tryLater: 3,
  sigRequired: 5,
  unauthorized: 6,
} as const;

export type OcspResponseStatus = keyof typeof OCSP_RESPONSE_STATUS;

export type OcspCertStatus =
  | { readonly kind: 'good' }
  | { readonly kind: 'revoked'; readonly at: number; readonly reason: CrlReason }
  | { readonly kind: 'unknown' };

export type OcspSingleResponse = {
  readonly certId: CertId;
  readonly status: OcspCertStatus;
  readonly thisUpdate: number;
  readonly nextUpdate: number | undefined;
  readonly extensions: ReadonlyMap<string, Extension>;
};

export type ResponderId =
  | { readonly kind: 'name'; readonly name: Name }
  /** SHA-1 of the responder's public key (content of the BIT STRING). */
  | { readonly kind: 'key'; readonly hash: Uint8Array };

export type BasicOcspResponse = {
  /** The signed part. */
  readonly tbs: Uint8Array;
  readonly responderId: ResponderId;
  readonly producedAt: number;
  readonly responses: readonly OcspSingleResponse[];
  readonly nonce: Uint8Array | undefined;
  readonly extensions: ReadonlyMap<string, Extension>;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  /** Certificates that the responder sent along; none of them is trusted by being there. */
  readonly certificates: readonly Certificate[];
};

export type OcspResponse =
  | { readonly status: 'successful'; readonly basic: BasicOcspResponse }
  | { readonly status: Exclude<OcspResponseStatus, 'successful'>; readonly basic: undefined };
