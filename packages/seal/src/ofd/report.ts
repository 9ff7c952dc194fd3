import type { SesTools } from '../ses/judge-seal.ts';
import type { SesSignatureJudgement } from '../ses/judge-signature.ts';
import type { SesSignature } from '../ses/model.ts';
import type { OfdBox } from './box.ts';
import type { OfdDocument, OfdPage } from './document.ts';
import type { OfdLimits } from './limits.ts';
import type { OfdReferenceStatus } from './references.ts';
import type { OfdFinding, OfdVerdict } from './verdict.ts';

/** Where a seal stands, for outlining it. */
export type OfdStamp = {
  readonly id: string;
  /** Undefined when the page does not exist. */
  readonly page: OfdPage | undefined;
  /** On the page, mm from its upper left corner. */
  readonly boundary: OfdBox;
  /** Part of the seal that shows, mm from the corner of `boundary`. */
  readonly clip: OfdBox | undefined;
};

export type OfdSignatureJudgement = {
  readonly id: string;
  readonly kind: 'seal' | 'sign';
  /** From 0: which document of the container, and which place in its list of signatures. */
  readonly document: number;
  readonly order: number;
  readonly verdict: OfdVerdict;
  readonly findings: readonly OfdFinding[];
  readonly provider: string;
  /** SignatureDateTime as written; not to be relied on. */
  readonly stated: string | undefined;
  readonly stamps: readonly OfdStamp[];
  readonly references: readonly OfdReferenceStatus[];
  /** Content that this signature does not protect. */
  readonly unprotected: readonly string[];
  /** Files of the signing that it leaves open for further signatures. */
  readonly openForSigning: readonly string[];
  readonly ses: SesSignature | undefined;
  readonly judgement: SesSignatureJudgement | undefined;
};

export type OfdReport = {
  readonly documents: readonly OfdDocument[];
  /** In the order in which they were made. */
  readonly signatures: readonly OfdSignatureJudgement[];
  /** Files in the container, folders not counted. */
  readonly files: number;
};

export type OfdOptions = SesTools & {
  /** The present moment, ms UTC. */
  readonly now: number;
  readonly limits?: OfdLimits;
};
