import type { EvidenceStamp } from '@hufu/contracts';
import { toHex } from '@hufu/kernel';
import { openDisclosure, statementDigests } from '@hufu/ledger';
import { nodeTreeHasher } from '@hufu/ledger/node';
import type { EvidenceDeps, Reader } from '../deps.ts';
import { checkpointAfter, type StoredCheckpoint } from '../store/checkpoints.ts';
import { cosignaturesOf, type DisclosureRow, disclosuresOf } from '../store/statements.ts';
import { findStatement, mayOpen } from './find-statement.ts';
import { progressOf } from './progress.ts';
import { entryView, indexOf } from './show-history.ts';

const iso = (at: number | Date): string => new Date(at).toISOString();

export const checkpointView = ({ size, root, signedAt, confirmedAt }: StoredCheckpoint) => ({
  size,
  root: toHex(root),
  signedAt: iso(signedAt),
  confirmedAt: confirmedAt === undefined ? null : iso(confirmedAt),
});

/** Every witness that is asked, with when it cosigned a checkpoint. */
export async function witnessViews({ database, witnesses }: EvidenceDeps, size: number | undefined) {
  const rows = size === undefined ? [] : await cosignaturesOf(database.db, size);
  const times = new Map(rows.map(({ witness, at }) => [witness, iso(at)]));
  const names = new Set([...witnesses.map(({ key }) => key.name), ...times.keys()]);
  return [...names].map((name) => ({ name, at: times.get(name) ?? null }));
}

type Opened = EvidenceStamp['disclosures'][number]['value'];

const disclosureView = (
  { name, disclosure, erased_at }: DisclosureRow,
  open: boolean,
): EvidenceStamp['disclosures'][number] => ({
  name,
  value: open && disclosure !== null ? (openDisclosure(disclosure).value as Opened) : null,
  erasedAt: erased_at === null ? null : iso(erased_at),
});

/** 上链信息戳 (LIB-PROJ-21, OD-19). @throws EVIDENCE_UNKNOWN */
export async function showStamp(
  deps: EvidenceDeps,
  asked: { readonly id: string; readonly reader: Reader },
): Promise<EvidenceStamp> {
  const { db } = deps.database;
  const { row, statement } = await findStatement(deps, asked);
  const index = indexOf(row);
  const [state] = await progressOf(deps, [index]);
  const checkpoint = index === undefined ? undefined : await coveringCheckpoint(deps, index);
  const body = new Uint8Array(row.body);
  const digests = statementDigests(body);
  const fields = await disclosuresOf(db, statement.id);
  return {
    ...entryView(statement, state!),
    facts: { ...statement.facts } as EvidenceStamp['facts'],
    disclosures: fields.map((one) => disclosureView(one, mayOpen(asked.reader, statement))),
    digests: { sha256: toHex(digests.sha256), sm3: toHex(digests.sm3) },
    previous: statement.prev === undefined ? null : toHex(statement.prev),
    log:
      index === undefined
        ? null
        : {
            index,
            leafHash: toHex(nodeTreeHasher.leaf(new Uint8Array(row.leaf!))),
            at: iso(row.integrated_at!),
          },
    checkpoint: checkpoint === undefined ? null : checkpointView(checkpoint),
    witnesses: await witnessViews(deps, checkpoint?.size),
    quorum: deps.quorum,
    ...(await outsideViews(deps, index)),
  };
}

/** The first that was confirmed: the earliest time that can be proved. Until then the first that was signed. */
const coveringCheckpoint = async ({ database: { db } }: EvidenceDeps, index: number) =>
  (await checkpointAfter(db, { index, confirmed: true })) ??
  (await checkpointAfter(db, { index, confirmed: false }));

type Outside = Pick<EvidenceStamp, 'anchor' | 'anchoring' | 'chainConfigured' | 'timeStamp'>;

/** What the chain and the time-stamp service know. 已上链 is never said before the anchor is final. */
async function outsideViews({ anchoring }: EvidenceDeps, index: number | undefined): Promise<Outside> {
  const chainConfigured = anchoring.chain !== undefined;
  if (index === undefined) return { anchor: null, anchoring: null, chainConfigured, timeStamp: null };
  const [anchor, stamp] = await Promise.all([
    anchoring.anchorCovering(index),
    anchoring.timeStampCovering(index),
  ]);
  const open = anchor === undefined ? await anchoring.openAnchor() : undefined;
  const { block, transaction } = anchor ?? {};
  return {
    anchor:
      anchor === undefined || block === undefined || transaction === undefined
        ? null
        : {
            chain: { id: anchor.chain.id, name: anchor.chain.name, contract: anchor.chain.contract },
            size: anchor.checkpoint.size,
            transaction: transaction.hash,
            block: block.number,
            blockHash: block.hash,
            at: iso(block.time),
          },
    anchoring:
      open === undefined
        ? null
        : {
            state: open.state,
            size: open.size,
            problem: open.problem ?? null,
            since: iso(open.changedAt),
          },
    chainConfigured,
    timeStamp: stamp === undefined ? null : { size: stamp.size, at: iso(stamp.time) },
  };
}
