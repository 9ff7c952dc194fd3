import type { CryptoEngine } from '@hufu/pki';
import type { LedgerCrypto } from '../crypto/model.ts';
import type { LogPolicy } from '../policy/model.ts';
import { statementDigests } from '../statement/statement.ts';
import { treeHasher } from '../tree/hasher.ts';
import type { EvidenceBundle } from './model.ts';
import { checkAnchor } from './steps/anchor.ts';
import {
  checkCheckpoint,
  checkInclusion,
  checkSigsum,
  checkSm2,
  checkTime,
  checkWitnesses,
} from './steps/checkpoint.ts';
import { readProof } from './steps/covered.ts';
import { bareStep, outcomeOf } from './steps/outcome.ts';
import { checkDisclosures, checkLeaf, checkStatement, checkSubmitter } from './steps/statement.ts';
import { stepOf } from './steps/step.ts';
import { checkTimeStamp } from './steps/time-stamp.ts';
import type { BundleVerdict } from './verdict.ts';

export type VerifyTools = {
  readonly crypto: LedgerCrypto;
  /** For time-stamps and their certificates. */
  readonly engine: CryptoEngine;
};

/**
 * Verifies a bundle offline, under a policy that came another way. Anything wrong in it makes it invalid, also what it
 * would not need; what the policy does not know (log, submitter) or finds missing (witnesses) makes it indeterminate.
 * Never throws on what a bundle holds.
 */
export async function verifyBundle(
  bundle: EvidenceBundle,
  policy: LogPolicy,
  tools: VerifyTools,
): Promise<BundleVerdict> {
  const { crypto } = tools;
  const proof = readProof(bundle.proof);
  const { step: ofStatement, statement } = checkStatement(bundle.statement);
  const { step: ofFields, fields } = checkDisclosures(bundle, statement);
  const { step: ofSubmitter, submitter } = await checkSubmitter(bundle, policy, crypto);
  const { step: ofWitnesses, witnesses } = await checkWitnesses(proof, policy, crypto);
  const place = [bundle.leaf, policy] as const;
  const timeStamps = await Promise.all(bundle.timeStamps.map((one) => checkTimeStamp(one, place, tools)));
  const anchors = await Promise.all(bundle.anchors.map((one) => checkAnchor(one, place, crypto)));
  const steps = [
    ofStatement,
    ofFields,
    checkLeaf(bundle, crypto),
    ofSubmitter,
    await checkCheckpoint(proof, policy, crypto),
    checkInclusion(proof, bundle.leaf, crypto),
    await checkSm2(proof, policy, crypto),
    ofWitnesses,
    checkTime(statement, witnesses),
    checkSigsum(bundle, proof, policy),
    ...(timeStamps.length === 0 ? [stepOf('time-stamp', 'TIME_STAMP_NONE')] : timeStamps.map(bareStep)),
    ...(anchors.length === 0 ? [stepOf('anchor', 'ANCHOR_NONE')] : anchors.map(bareStep)),
  ];
  return {
    outcome: outcomeOf(steps),
    steps,
    statement,
    digests: statementDigests(bundle.statement),
    fields,
    submitter,
    origin: proof?.checkpoint.origin,
    head: proof?.checkpoint,
    index: proof?.index,
    leafHash: treeHasher(crypto.sha256).leaf(bundle.leaf),
    witnesses,
    timeStamps,
    anchors,
  };
}
