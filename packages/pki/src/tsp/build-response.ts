import {
  derFractionalTime,
  derInteger,
  derNamedBits,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derUtf8String,
} from '@hufu/gm';
import { derSerial } from '../build/signed.ts';
import { buildSignedData } from '../cms/build-signed-data.ts';
import type { CryptoEngine, Signer } from '../crypto-engine.ts';
import type { Certificate } from '../x509/model.ts';
import { CONTENT_OID } from '../x509/oids.ts';
import {
  TIME_STAMP_FAILURE,
  TIME_STAMP_STATUS,
  type TimeStampFailure,
  type TimeStampRequest,
} from './model.ts';

export type TimeStampSpec = {
  readonly request: TimeStampRequest;
  /** The authority's policy, an OID. */
  readonly policy: string;
  /** Unsigned octets, unique for this authority. */
  readonly serial: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly accuracySeconds: number;
  readonly certificate: Certificate;
};

/** TimeStampResp that grants the request (RFC 3161 §2.4.2). */
export async function buildTimeStampResponse(
  spec: TimeStampSpec,
  signer: Signer,
  engine: CryptoEngine,
): Promise<Uint8Array> {
  const { request, certificate, at } = spec;
  const { imprint, nonce, certificateRequested } = request;
  const info = derSequence(
    derInteger(1),
    derOid(spec.policy),
    derSequence(derSequence(derOid(imprint.hashOid), derNull()), derOctetString(imprint.hash)),
    derSerial(spec.serial),
    derFractionalTime(at),
    derSequence(derInteger(spec.accuracySeconds)),
    nonce === undefined ? undefined : derInteger(nonce),
  );
  const token = await buildSignedData(
    {
      contentType: CONTENT_OID.timeStampInfo,
      content: info,
      certificate,
      certificates: certificateRequested ? [certificate.der] : [],
      at,
    },
    signer,
    engine,
  );
  return derSequence(derSequence(derInteger(TIME_STAMP_STATUS.indexOf('granted'))), token);
}

/** TimeStampResp that refuses the request, with the reason as a bit and as text. */
export const buildTimeStampRefusal = (failure: TimeStampFailure, text: string): Uint8Array =>
  derSequence(
    derSequence(
      derInteger(TIME_STAMP_STATUS.indexOf('rejection')),
      derSequence(derUtf8String(text)),
      derNamedBits([TIME_STAMP_FAILURE[failure]]),
    ),
  );
