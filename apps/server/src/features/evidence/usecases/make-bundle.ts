import { utf8 } from '@hufu/kernel';
import {
  type BundleDisclosure,
  commitmentOf,
  formatBundle,
  formatTlogProof,
  type NoteKey,
  sigsumProof,
} from '@hufu/ledger';
import type { EvidenceDeps, Reader } from '../deps.ts';
import { evidenceError } from '../errors.ts';
import { checkpointOfSize, provenCheckpointAfter } from '../store/checkpoints.ts';
import { disclosuresOf } from '../store/statements.ts';
import { findStatement, mayOpen } from './find-statement.ts';
import { indexOf } from './show-history.ts';

type Proving = { readonly index: number; readonly size: number; readonly note: string };

/** What is proved with: a prover over the same log. */
async function proofOf(
  { prover }: Pick<EvidenceDeps, 'prover'>,
  { index, size, note }: Proving,
): Promise<string> {
  return formatTlogProof({ index, hashes: await prover.inclusion(index, size), note });
}

/**
 * 下载证据包: everything by which one statement can be verified without this server, but for the policy that says whom
 * to trust. The proof is to the first checkpoint that enough of today's witnesses confirmed.
 * @throws EVIDENCE_UNKNOWN, EVIDENCE_NOT_YET
 */
export async function makeBundle(
  deps: EvidenceDeps,
  asked: { readonly id: string; readonly reader: Reader },
): Promise<Uint8Array> {
  const { db } = deps.database;
  const { row, statement } = await findStatement(deps, asked);
  const index = indexOf(row);
  const checkpoint =
    index === undefined ? undefined : await provenCheckpointAfter(db, { index, ...panelOf(deps) });
  if (index === undefined || checkpoint === undefined) throw evidenceError('EVIDENCE_NOT_YET');
  const leaf = new Uint8Array(row.leaf!);
  const proof = await proofOf(deps, { index, ...checkpoint });
  const bundle = {
    statement: new Uint8Array(row.body),
    disclosures: await openings(deps, {
      commitments: statement.commitments,
      id: statement.id,
      open: mayOpen(asked.reader, statement),
    }),
    leaf,
    proof,
    sigsumProof: sigsumProof({
      leaf,
      proof,
      log: logOf(deps, checkpoint.note),
      witnesses: deps.witnesses.map(({ key }) => key),
    }),
    timeStamps: await timeStampsOf(deps, index),
    anchors: await anchorsOf(deps, index),
  };
  return utf8(formatBundle(bundle));
}

const panelOf = ({ witnesses, quorum }: EvidenceDeps) => ({
  witnesses: witnesses.map(({ key }) => key.name),
  quorum,
});

/** An old leaf's checkpoint may be of a log that was retired since. */
const logOf = ({ keys, retired }: EvidenceDeps, note: string): NoteKey =>
  retired.find(({ key }) => note.startsWith(`${key.name}\n`))?.key ?? keys.logKey;

type Commitments = { readonly id: string; readonly commitments: readonly string[]; readonly open: boolean };

/** Fields that are not the reader's to open are left out: withheld, not erased. */
async function openings(
  { database }: EvidenceDeps,
  { id, commitments, open }: Commitments,
): Promise<BundleDisclosure[]> {
  const rows = await disclosuresOf(database.db, id);
  const known = new Map<string, string>();
  for (const { disclosure } of rows) if (disclosure !== null) known.set(commitmentOf(disclosure), disclosure);
  return commitments.flatMap((commitment): BundleDisclosure[] => {
    const disclosure = known.get(commitment);
    if (disclosure === undefined) return [{ commitment, disclosure: null }];
    return open ? [{ commitment, disclosure }] : [];
  });
}

async function timeStampsOf(deps: EvidenceDeps, index: number) {
  const stamp = await deps.anchoring.timeStampCovering(index);
  const stamped = stamp && (await checkpointOfSize(deps.database.db, stamp.size));
  if (stamp === undefined || stamped === undefined) return [];
  return [{ token: stamp.token, proof: await proofOf(deps, { index, ...stamped }) }];
}

async function anchorsOf(deps: EvidenceDeps, index: number) {
  const anchor = await deps.anchoring.anchorCovering(index);
  if (anchor?.block === undefined || anchor.transaction === undefined) return [];
  const { checkpoint, chain, block, transaction } = anchor;
  return [
    {
      proof: await proofOf(deps, { index, ...checkpoint }),
      chainId: chain.id,
      contract: chain.contract,
      transaction: transaction.hash,
      blockNumber: block.number,
      blockHash: block.hash,
      blockTime: block.time,
    },
  ];
}
