import { randomBytes } from 'node:crypto';
import { encodeSm2Pkcs8 } from '@hufu/gm';
import { fromHex, utf8 } from '@hufu/kernel';
import {
  buildStatement,
  commitFields,
  cosign,
  createProver,
  EMPTY_EDGE,
  formatTlogProof,
  growTree,
  type LogPolicy,
  noteKey,
  parseCheckpoint,
  signCheckpoint,
  signLeaf,
  sigsumOrigin,
  sm2NoteKey,
  type Tile,
  type TileReader,
} from '@hufu/ledger';
import { nodeEd25519Signer, nodeTreeHasher } from '@hufu/ledger/node';
import { nodeSigner } from '@hufu/pki/node';

const newSigner = () => nodeEd25519Signer(new Uint8Array(randomBytes(32)));

/** Tiles in memory, as a log serves them. */
export function tilesOf(leafHashes: readonly Uint8Array[]) {
  const grown = growTree(EMPTY_EDGE, leafHashes, nodeTreeHasher);
  const tiles = new Map<string, Tile>(grown.tiles.map((tile) => [`${tile.level}/${tile.index}`, tile]));
  const read: TileReader = async (level, index, width) =>
    tiles.get(`${level}/${index}`)?.hashes.subarray(0, width * 32) ?? new Uint8Array();
  return { root: grown.root, tiles, read, prover: createProver(read, { hasher: nodeTreeHasher }) };
}

/** A log with witnesses, everything with fresh keys. */
export async function newLog({ size = 300, witnesses = 2, quorum = 2 } = {}) {
  const log = newSigner();
  const submitter = newSigner();
  const sm2 = nodeSigner(
    encodeSm2Pkcs8(fromHex('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8')),
  );
  const origin = sigsumOrigin(log.publicKey);
  const watchers = Array.from({ length: witnesses }, (_, i) => ({
    name: `witness.test/w${i}`,
    signer: newSigner(),
  }));
  const policy: LogPolicy = {
    publisher: '测试',
    issuedAt: Date.UTC(2026, 10, 20),
    logs: [{ key: noteKey('ed25519', origin, log.publicKey), sm2: sm2NoteKey(origin, sm2.publicKey) }],
    submitters: [{ name: '测试', publicKey: submitter.publicKey }],
    witnesses: watchers.map(({ name, signer }) => ({
      operator: name,
      key: noteKey('cosignature', name, signer.publicKey),
    })),
    quorum,
    timeStampRoots: [],
    chains: [],
  };
  const statements = Array.from({ length: size }, (_, i) => statementAt(i));
  const leaves = await Promise.all(statements.map(({ bytes }) => signLeaf(bytes, submitter)));
  const tree = tilesOf(leaves.map(nodeTreeHasher.leaf));

  async function checkpoint(count = witnesses) {
    const note = await signCheckpoint({ size, root: tree.root }, { log, sm2 });
    const { text } = parseCheckpoint(note).note;
    const time = Math.floor(Date.now() / 1000);
    const lines = await Promise.all(
      watchers.slice(0, count).map(({ name, signer }) => cosign({ text, name, time }, signer)),
    );
    return note + lines.join('');
  }

  const proof = async (index: number, count = witnesses) =>
    formatTlogProof({
      index,
      hashes: await tree.prover.inclusion(index, size),
      note: await checkpoint(count),
    });

  return { policy, statements, leaves, tree, checkpoint, proof, log, submitter };
}

function statementAt(index: number) {
  const disclosures = commitFields({ phone: '13800000000' }, (length) => new Uint8Array(randomBytes(length)));
  const bytes = buildStatement({
    id: `018f3c2e-7b1a-7c3d-8e4f-${index.toString(16).padStart(12, '0')}`,
    type: 'binding.created',
    subject: { kind: 'binding', id: `b-${index}` },
    seq: 1,
    prev: undefined,
    actor: { kind: 'entity', id: 'e-1' },
    time: Date.now(),
    facts: { place: index },
    commitments: disclosures.map(({ commitment }) => commitment),
  });
  return { bytes, disclosures };
}

export const edited = (statement: Uint8Array): Uint8Array =>
  utf8(new TextDecoder().decode(statement).replace('binding.created', 'binding.removed'));
