import type { SesReason } from '../ses/reasons.ts';
import type { Finding, SesStep, Verdict } from '../ses/verdict.ts';
import type { OfdReason } from './reasons.ts';

/** Steps that an OFD signature adds to those of its seal. */
export type OfdStep = 'signature-file' | 'signed-value' | 'references' | 'seal-file' | 'stamps' | 'coverage';

export type OfdFinding = Finding<OfdStep | SesStep, OfdReason | SesReason>;
export type OfdVerdict = Verdict<OfdReason | SesReason>;
