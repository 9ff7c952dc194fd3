import {
  type AskChain,
  askChain,
  type BundleVerdict,
  type EvidenceBundle,
  type LogPolicy,
  parseBundle,
  parsePolicy,
  policyDigests,
  type VerifyTools,
  verifyBundle,
} from '@hufu/ledger';
import type { Report } from './report/model.ts';
import { makeReport } from './report/report.ts';

/** The two files as they were read. */
export type EvidenceFiles = { readonly bundle: string; readonly policy: string };

export type VerifiedFiles = {
  readonly bundle: EvidenceBundle;
  readonly policy: LogPolicy;
  readonly verdict: BundleVerdict;
  readonly report: Report;
};

/**
 * @param ask a node of the reader's choice; without one everything stays offline
 * @throws LEDGER_BUNDLE, LEDGER_POLICY, LEDGER_KEY, LEDGER_KEY_NAME
 */
export async function verifyFiles(
  files: EvidenceFiles,
  tools: VerifyTools,
  ask?: AskChain,
): Promise<VerifiedFiles> {
  const policy = parsePolicy(files.policy);
  const bundle = parseBundle(files.bundle);
  const offline = await verifyBundle(bundle, policy, tools);
  const verdict = ask === undefined ? offline : await askChain(offline, ask);
  const report = makeReport(verdict, { policy, ...policyDigests(files.policy) });
  return { bundle, policy, verdict, report };
}
