import { readDer } from '@hufu/gm';
import { CodedError } from '@hufu/kernel';
import { parseSignedData, type SignedData, verifySignerInfo } from '@hufu/pki';
import { standingAt } from '../ses/certificate-judge.ts';
import type { SesTools } from '../ses/judge-seal.ts';
import { failed, passed, unknown } from '../ses/verdict.ts';
import type { OfdFinding } from './verdict.ts';

const SIGNING_TIME = '1.2.840.113549.1.9.5';

function tryCoded<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CodedError) return undefined;
    throw error;
  }
}

const trySignedData = (der: Uint8Array): SignedData | undefined => tryCoded(() => parseSignedData(der));

function statedTime(signedData: SignedData): number | undefined {
  const value = signedData.signers[0]?.signedAttributes.get(SIGNING_TIME)?.[0];
  return value && tryCoded(() => readDer(value, (reader) => reader.time()));
}

export type BareSignature = {
  /** SignedValue.dat. */
  readonly value: Uint8Array;
  /** Signature.xml: what was signed. */
  readonly signed: Uint8Array;
  /** The present moment, ms UTC. */
  readonly now: number;
};

/**
 * A digital signature without a seal (`Type="Sign"`): CMS SignedData over Signature.xml. A bare signature value names
 * no signer, so that it stays open.
 */
export async function judgeBareSignature(bare: BareSignature, tools: SesTools): Promise<OfdFinding[]> {
  const signedData = trySignedData(bare.value);
  const signer = signedData?.signers[0];
  if (signedData === undefined || signer === undefined || signedData.signers.length !== 1) {
    return [unknown('signed-value', 'SIGNED_VALUE_UNKNOWN')];
  }
  const verdict = await verifySignerInfo({ signedData, signer, content: bare.signed }, tools.engine);
  if (!verdict.signed) {
    return verdict.reason === 'no-certificate'
      ? [unknown('signed-value', 'SIGNED_VALUE_UNKNOWN', verdict.reason)]
      : [failed('signed-value', 'SIGNATURE_WRONG', verdict.reason)];
  }
  if (verdict.digest === 'sha1') return [failed('signed-value', 'SIGNATURE_ALGORITHM', verdict.digest)];
  const at = statedTime(signedData) ?? bare.now;
  const { certificate } = verdict;
  const companions = signedData.certificates;
  const found = await tools.judge({ certificate, role: 'signer', at, companions });
  const { standing, detail } = standingAt(found, { at, proven: false });
  return [passed('signed-value'), judgeStanding(standing, detail)];
}

function judgeStanding(standing: ReturnType<typeof standingAt>['standing'], detail: string): OfdFinding {
  switch (standing) {
    case 'good':
      return passed('signer-certificate');
    case 'refused':
    case 'out-of-date':
    case 'revoked':
      return failed('signer-certificate', 'SIGNER_CERTIFICATE', detail);
    default:
      return unknown('signer-certificate', 'SIGNER_UNCERTAIN', detail);
  }
}
