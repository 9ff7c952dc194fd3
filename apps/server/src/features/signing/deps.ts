import type { CryptoEngine } from '@hufu/pki';
import type { AuditOrigin } from '../../infra/audit/audit.ts';
import type { Tx } from '../../infra/database/database.ts';
import type { Infra } from '../../infra/infra.ts';
import type { CallerFinder, Holder } from '../access/index.ts';
import type { CertificateJudge, EnterpriseRecords } from '../hub/index.ts';
import type { DocumentTrust } from '../trust/index.ts';
import type { PageRenderer } from './preview/page-renderer.ts';
import type { TimeStamper } from './sealing/time-stamp.ts';
import type { SealMaker } from './seals/seal-maker.ts';

/** What signing is given by other features. */
export type SigningPorts = {
  readonly holders: CallerFinder;
  readonly records: EnterpriseRecords;
  readonly judge: CertificateJudge;
  readonly trust: DocumentTrust;
  /** Told, in the transaction in which it begins, that it is an enterprise's turn to seal. */
  readonly invited?: (tx: Tx, turn: SigningTurn) => Promise<void>;
  /** Told, in the transaction of the last signer's completion. */
  readonly completed?: (tx: Tx, document: CompletedDocument) => Promise<void>;
};

/** An enterprise may seal a document from now on. */
export type SigningTurn = {
  readonly taskId: string;
  /** Whose turn it is; it need not be known here yet. */
  readonly uscc: string;
  /** Name of the enterprise that sent the document. */
  readonly sender: string;
};

/** A document whose signers have all sealed it, verified and stored. */
export type CompletedDocument = {
  readonly taskId: string;
  /** Of the document with every seal. */
  readonly sha256: string;
  /** Unified social credit codes of those who sealed it. */
  readonly signers: readonly string[];
};

export type SigningDeps = Infra &
  SigningPorts & {
    readonly engine: CryptoEngine;
    readonly maker: SealMaker;
    readonly renderer: PageRenderer;
    /** Undefined when no time-stamp service is configured: seals then have level B-B. */
    readonly timeStamper: TimeStamper | undefined;
  };

/** Who asks, with which key, from where. */
export type By = { readonly holder: Holder; readonly from: AuditOrigin };

export const actorOf = ({ holder }: By) =>
  ({ kind: 'entity', id: holder.enterpriseId, certificate: holder.fingerprint }) as const;
