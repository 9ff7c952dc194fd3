import { toHex } from '@hufu/kernel';
import type { CryptoEngine } from '../crypto-engine.ts';
import type { RevocationEvidence, RevocationSource } from './verdict.ts';

export type EvidenceInput = {
  readonly source: RevocationSource;
  readonly bytes: Uint8Array | undefined;
  readonly address?: string | undefined;
};

/** Evidence about bytes whose times are not known (yet). */
export function evidenceOf(engine: CryptoEngine, input: EvidenceInput): RevocationEvidence {
  return {
    source: input.source,
    sha256: input.bytes === undefined ? undefined : toHex(engine.digest('sha256', input.bytes)),
    thisUpdate: undefined,
    nextUpdate: undefined,
    producedAt: undefined,
    ...(input.address === undefined ? {} : { address: input.address }),
  };
}
