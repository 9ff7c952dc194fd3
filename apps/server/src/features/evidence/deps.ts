import type { Prover } from '@hufu/ledger';
import type { Infra } from '../../infra/infra.ts';
import type { Anchoring } from './anchors/anchoring.ts';
import type { LogKeys } from './log-keys.ts';
import type { LogFiles } from './publish/publish-log.ts';
import type { RetiredLog } from './rotation/retired-logs.ts';
import type { Witness } from './witnesses/witness-client.ts';

/** What the use cases of evidence stand on. */
export type EvidenceDeps = Pick<Infra, 'database' | 'audit' | 'clock' | 'config' | 'vault' | 'sourceHash'> & {
  readonly keys: LogKeys;
  /** Logs that this one succeeded, the oldest first. */
  readonly retired: readonly RetiredLog[];
  readonly witnesses: readonly Witness[];
  readonly quorum: number;
  readonly prover: Prover;
  readonly files: LogFiles;
  readonly anchoring: Anchoring;
};

/** Whose eyes a statement is shown to: an enterprise sees its own records, an operator all of them. */
export type Reader = { readonly kind: 'entity'; readonly id: string } | { readonly kind: 'operator' };
