import { equalBytes } from '@hufu/kernel';
import type { CryptoEngine, Signer } from '@hufu/pki';
import type { StartDigest } from '../cms/document-digest.ts';
import { sealError } from '../errors.ts';
import { completeSignature } from './complete-signature.ts';
import { prepareSignature, type SignatureSpec } from './prepare-signature.ts';

export type SigningTools = {
  /** The key of the certificate. */
  readonly signer: Signer;
  readonly engine: CryptoEngine;
  readonly start: StartDigest;
  /** Fetches a time-stamp token over a signature value; absent for PAdES B-B. */
  readonly timeStamp?: (signature: Uint8Array) => Promise<Uint8Array>;
};

/** Both phases with a key at hand: the bytes to append. @throws as `prepareSignature` and `completeSignature` */
export async function signPdf(
  pdf: Uint8Array,
  spec: SignatureSpec,
  tools: SigningTools,
): Promise<Uint8Array> {
  const { signer, engine, start, timeStamp } = tools;
  if (!equalBytes(signer.publicKey, spec.certificate.spki.der)) throw sealError('SEALING_SIGNATURE');
  const prepared = prepareSignature(pdf, spec, start);
  const signature = await signer.sign(prepared.message);
  const timeStampToken = await timeStamp?.(signature);
  return completeSignature(prepared, { signature, ...(timeStampToken && { timeStampToken }) }, engine);
}
