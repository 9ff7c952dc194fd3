import { CodedError } from '@hufu/kernel';
import { verifyNote } from '../../checkpoint/checkpoint.ts';
import { verifyCosignature } from '../../checkpoint/cosignature.ts';
import type { LedgerCrypto } from '../../crypto/model.ts';
import type { LogPolicy } from '../../policy/model.ts';
import type { Statement } from '../../statement/model.ts';
import type { EvidenceBundle } from '../model.ts';
import type { EvidenceReason } from '../reasons.ts';
import { sigsumProof } from '../sigsum-proof.ts';
import type { EvidenceStep, WitnessState } from '../verdict.ts';
import { checkpointObstacle, isIncluded, logOf, type ReadProof } from './covered.ts';
import { stepOf } from './step.ts';

/** How far a server's clock may run ahead of the witnesses'. */
const CLOCK_TOLERANCE_MS = 10 * 60 * 1000;

export async function checkCheckpoint(
  proof: ReadProof | undefined,
  policy: LogPolicy,
  crypto: LedgerCrypto,
): Promise<EvidenceStep> {
  if (proof === undefined) return stepOf('checkpoint', 'PROOF_MALFORMED');
  return stepOf('checkpoint', await checkpointObstacle(proof.checkpoint, policy, crypto));
}

export function checkInclusion(
  proof: ReadProof | undefined,
  leaf: Uint8Array,
  crypto: LedgerCrypto,
): EvidenceStep {
  if (proof === undefined) return stepOf('inclusion', 'PROOF_MALFORMED');
  return stepOf('inclusion', isIncluded(proof, leaf, crypto) ? undefined : 'INCLUSION');
}

export async function checkSm2(
  proof: ReadProof | undefined,
  policy: LogPolicy,
  crypto: LedgerCrypto,
): Promise<EvidenceStep> {
  const key = logOf(policy, proof?.checkpoint)?.sm2;
  if (proof === undefined || key === undefined) return stepOf('sm2', 'SM2_NOT_IN_POLICY');
  const { state } = await verifyNote(proof.checkpoint.note, key, crypto);
  const reasons = { valid: undefined, absent: 'SM2_ABSENT', wrong: 'SM2_SIGNATURE' } as const;
  return stepOf('sm2', reasons[state]);
}

export type WitnessFinding = { readonly step: EvidenceStep; readonly witnesses: readonly WitnessState[] };

function quorumReason(witnesses: readonly WitnessState[], quorum: number): EvidenceReason | undefined {
  if (witnesses.some(({ state }) => state === 'wrong')) return 'COSIGNATURE_WRONG';
  if (quorum === 0) return 'WITNESS_NONE';
  return witnesses.filter(({ state }) => state === 'valid').length < quorum ? 'WITNESS_QUORUM' : undefined;
}

export async function checkWitnesses(
  proof: ReadProof | undefined,
  policy: LogPolicy,
  crypto: LedgerCrypto,
): Promise<WitnessFinding> {
  if (proof === undefined) return { step: stepOf('witnesses', 'PROOF_MALFORMED'), witnesses: [] };
  const { note } = proof.checkpoint;
  const witnesses = await Promise.all(
    policy.witnesses.map(async ({ operator, key }): Promise<WitnessState> => {
      const verdict = await verifyCosignature(note, key, crypto);
      const time = verdict.state === 'valid' ? verdict.cosignature.time * 1000 : undefined;
      return { operator, name: key.name, state: verdict.state, time };
    }),
  );
  return { step: stepOf('witnesses', quorumReason(witnesses, policy.quorum)), witnesses };
}

/** A statement cannot have been seen before it was made. How long before, one bundle cannot tell: a monitor can. */
export function checkTime(
  statement: Statement | undefined,
  witnesses: readonly WitnessState[],
): EvidenceStep {
  const times = witnesses.flatMap(({ time }) => time ?? []);
  if (statement === undefined || times.length === 0) return stepOf('time', 'TIME_UNWITNESSED');
  const late = statement.time > Math.min(...times) + CLOCK_TOLERANCE_MS;
  return stepOf('time', late ? 'TIME_POSTDATED' : undefined);
}

const isNoCosignature = (line: string): boolean => !line.startsWith('cosignature=');

/** Cosignatures aside: which of them stand there depends on whose the maker of the bundle knew. */
const withoutCosignatures = (text: string): string => text.split('\n').filter(isNoCosignature).join('\n');

/** That the Sigsum tools, given the bundle's text for them, judge the same leaf in the same tree. */
export function checkSigsum(
  bundle: EvidenceBundle,
  proof: ReadProof | undefined,
  policy: LogPolicy,
): EvidenceStep {
  const log = logOf(policy, proof?.checkpoint);
  if (log === undefined) return stepOf('sigsum', proof === undefined ? 'PROOF_MALFORMED' : 'LOG_UNKNOWN');
  try {
    const expected = sigsumProof({ leaf: bundle.leaf, proof: bundle.proof, log: log.key, witnesses: [] });
    const same = withoutCosignatures(bundle.sigsumProof) === expected;
    return stepOf('sigsum', same ? undefined : 'SIGSUM_DIFFERS');
  } catch (error) {
    if (error instanceof CodedError) return stepOf('sigsum', 'PROOF_MALFORMED');
    throw error;
  }
}
