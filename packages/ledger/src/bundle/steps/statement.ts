import { CodedError, equalBytes } from '@hufu/kernel';
import type { LedgerCrypto } from '../../crypto/model.ts';
import { isLeafSignedBy, leafChecksum, parseLeaf, submitterKeyHash } from '../../leaf/leaf.ts';
import type { LogPolicy } from '../../policy/model.ts';
import { commitmentOf, openDisclosure } from '../../statement/disclosure.ts';
import type { Statement } from '../../statement/model.ts';
import { parseStatement } from '../../statement/statement.ts';
import type { EvidenceBundle } from '../model.ts';
import type { EvidenceStep, FieldState } from '../verdict.ts';
import { stepOf } from './step.ts';

function orUndefined<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof CodedError) return undefined;
    throw error;
  }
}

export type StatementFinding = { readonly step: EvidenceStep; readonly statement: Statement | undefined };

export function checkStatement(bytes: Uint8Array): StatementFinding {
  const statement = orUndefined(() => parseStatement(bytes));
  return {
    statement,
    step: stepOf('statement', statement === undefined ? 'STATEMENT_MALFORMED' : undefined),
  };
}

export type DisclosureFinding = { readonly step: EvidenceStep; readonly fields: readonly FieldState[] };

/** Every commitment of the statement is accounted for; what the bundle brings beyond them is refused. */
export function checkDisclosures(
  bundle: EvidenceBundle,
  statement: Statement | undefined,
): DisclosureFinding {
  const commitments = new Set(statement?.commitments ?? []);
  const given = new Map(bundle.disclosures.map(({ commitment, disclosure }) => [commitment, disclosure]));
  const foreign = bundle.disclosures.some(
    ({ commitment, disclosure }) =>
      !commitments.has(commitment) || (disclosure !== null && commitmentOf(disclosure) !== commitment),
  );
  if (foreign || given.size !== bundle.disclosures.length)
    return { step: stepOf('disclosures', 'DISCLOSURE_FOREIGN'), fields: [] };
  const fields = [...commitments].map((commitment): FieldState | undefined => {
    const disclosure = given.get(commitment);
    if (disclosure === undefined) return { state: 'withheld', commitment };
    if (disclosure === null) return { state: 'erased', commitment };
    const opened = orUndefined(() => openDisclosure(disclosure));
    return opened && { state: 'disclosed', commitment, ...opened };
  });
  const readable = fields.filter((field) => field !== undefined);
  const reason = readable.length === fields.length ? undefined : 'DISCLOSURE_MALFORMED';
  return { step: stepOf('disclosures', reason), fields: readable };
}

export function checkLeaf({ leaf, statement }: EvidenceBundle, crypto: LedgerCrypto): EvidenceStep {
  const same = equalBytes(parseLeaf(leaf).checksum, leafChecksum(statement, crypto.sha256));
  return stepOf('leaf', same ? undefined : 'LEAF_OTHER_STATEMENT');
}

export type SubmitterFinding = { readonly step: EvidenceStep; readonly submitter: string | undefined };

export async function checkSubmitter(
  bundle: EvidenceBundle,
  policy: LogPolicy,
  crypto: LedgerCrypto,
): Promise<SubmitterFinding> {
  const leaf = parseLeaf(bundle.leaf);
  const known = policy.submitters.find(({ publicKey }) =>
    equalBytes(submitterKeyHash(publicKey), leaf.keyHash),
  );
  if (known === undefined) return { step: stepOf('submitter', 'SUBMITTER_UNKNOWN'), submitter: undefined };
  const signed = await isLeafSignedBy(leaf, known.publicKey, crypto);
  return { step: stepOf('submitter', signed ? undefined : 'SUBMITTER_SIGNATURE'), submitter: known.name };
}
