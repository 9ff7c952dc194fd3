import { fromHex, utf8 } from '@hufu/kernel';
import {
  buildStatement,
  commitFields,
  cosign,
  createProver,
  type Disclosure,
  EMPTY_EDGE,
  type EvidenceBundle,
  formatTlogProof,
  growTree,
  type LogPolicy,
  noteKey,
  parseCheckpoint,
  type StatementSpec,
  signCheckpoint,
  signLeaf,
  sigsumOrigin,
  sigsumProof,
  sm2NoteKey,
} from '../../src/index.ts';
import { nodeEd25519Signer, nodeTreeHasher } from '../../src/node/index.ts';
import { memoryTiles } from './memory-tiles.ts';
import { countingRandom } from './random.ts';
import { newSm2Signer } from './sm2-signer.ts';

/** 2026-11-20 08:00 UTC. */
export const NOON = Date.UTC(2026, 10, 20, 8);

const seed = (byte: number): Uint8Array => Uint8Array.from({ length: 32 }, (_, i) => (byte * 13 + i) % 256);

export const LOG = nodeEd25519Signer(seed(1));
export const SUBMITTER = nodeEd25519Signer(seed(2));
export const SM2 = newSm2Signer(fromHex('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8'));
export const ORIGIN = sigsumOrigin(LOG.publicKey);

export const WITNESSES = ['court.example/w', 'bank.example/w'].map((name, i) => ({
  name,
  operator: ['某法院', '某银行'][i]!,
  signer: nodeEd25519Signer(seed(3 + i)),
}));

export const POLICY: LogPolicy = {
  publisher: '测试公共资源交易中心',
  issuedAt: NOON,
  logs: [{ key: noteKey('ed25519', ORIGIN, LOG.publicKey), sm2: sm2NoteKey(ORIGIN, SM2.publicKey) }],
  submitters: [{ name: '测试中心', publicKey: SUBMITTER.publicKey }],
  witnesses: WITNESSES.map(({ name, operator, signer }) => ({
    operator,
    key: noteKey('cosignature', name, signer.publicKey),
  })),
  quorum: 2,
  timeStampRoots: [],
  chains: [{ chainId: 31337, name: '测试链', contract: `0x${'ab'.repeat(20)}` }],
};

export const SPEC: StatementSpec = {
  id: '018f3c2e-7b1a-7c3d-8e4f-5a6b7c8d9e0f',
  type: 'binding.created',
  subject: { kind: 'binding', id: 'b-1' },
  seq: 1,
  prev: undefined,
  actor: { kind: 'entity', id: 'e-1' },
  time: NOON,
  facts: { issuer: 'CN=测试CA' },
  commitments: [],
};

export type Entry = {
  readonly statement: Uint8Array;
  readonly disclosures: readonly Disclosure[];
  readonly leaf: Uint8Array;
};

export async function newEntry(change: Partial<StatementSpec> = {}): Promise<Entry> {
  const disclosures = commitFields({ phone: '13800000000', holder: '张三' }, countingRandom());
  const commitments = disclosures.map(({ commitment }) => commitment);
  const statement = buildStatement({ ...SPEC, commitments, ...change });
  return { statement, disclosures, leaf: await signLeaf(statement, SUBMITTER) };
}

/** Leaves of other people's statements. */
export const filler = (count: number): Promise<Uint8Array[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => signLeaf(utf8(`other ${i}`), SUBMITTER)));

/** A log over these leaves, with its prover and what it signs. */
export function newLog(leaves: readonly Uint8Array[]) {
  const store = memoryTiles();
  const hashes = leaves.map(nodeTreeHasher.leaf);
  store.put(growTree(EMPTY_EDGE, hashes, nodeTreeHasher).tiles);
  const prover = createProver(store.read, { hasher: nodeTreeHasher });

  /** A checkpoint signed by the log and cosigned by the first `count` witnesses. */
  async function checkpoint(size = leaves.length, { count = 2, sm2 = true, time = NOON / 1000 + 1 } = {}) {
    const root = await prover.root(size);
    const note = await signCheckpoint({ size, root }, sm2 ? { log: LOG, sm2: SM2 } : { log: LOG });
    const { text } = parseCheckpoint(note).note;
    const lines = await Promise.all(
      WITNESSES.slice(0, count).map(({ name, signer }) => cosign({ text, name, time }, signer)),
    );
    return note + lines.join('');
  }

  const proof = async (index: number, note: string) =>
    formatTlogProof({ index, hashes: await prover.inclusion(index, parseCheckpoint(note).size), note });

  return { prover, checkpoint, proof, read: store.read };
}

/** A log of `size` leaves with the entry at `index`, and its bundle. */
export async function newBundle({ entry, size = 300, index = 123, count = 2 }: BundleSpec = {}) {
  const made = entry ?? (await newEntry());
  const leaves = (await filler(size)).with(index, made.leaf);
  const log = newLog(leaves);
  const note = await log.checkpoint(size, { count });
  const proof = await log.proof(index, note);
  const { key } = POLICY.logs[0]!;
  const witnesses = POLICY.witnesses.map((witness) => witness.key);
  const bundle: EvidenceBundle = {
    statement: made.statement,
    disclosures: made.disclosures.map(({ commitment, disclosure }) => ({ commitment, disclosure })),
    leaf: made.leaf,
    proof,
    sigsumProof: sigsumProof({ leaf: made.leaf, proof, log: key, witnesses }),
    timeStamps: [],
    anchors: [],
  };
  return { bundle, entry: made, log, note, index, leaves };
}

type BundleSpec = {
  readonly entry?: Entry;
  readonly size?: number;
  readonly index?: number;
  readonly count?: number;
};
