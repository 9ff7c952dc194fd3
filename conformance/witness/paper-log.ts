import { randomBytes } from 'node:crypto';
import { concatBytes, toBase64 } from '@hufu/kernel';
import {
  createProver,
  type Ed25519Signer,
  EMPTY_EDGE,
  growTree,
  HASH_BYTES,
  type Prover,
  portableHasher,
  signCheckpoint,
  signLeaf,
  type Tile,
} from '@hufu/ledger';
import { nodeEd25519Signer } from '@hufu/ledger/node';

export const seed = (): Uint8Array => new Uint8Array(randomBytes(32));

/** A log in memory, with everything that a log can prove of itself. */
export type PaperLog = {
  readonly signer: Ed25519Signer;
  readonly submitter: Ed25519Signer;
  readonly prover: Prover;
  readonly statements: readonly Uint8Array[];
  readonly leaves: readonly Uint8Array[];
  note(size: number): Promise<string>;
};

/** @param fork another content under the same key */
export async function paperLog(
  { signer, submitter }: { readonly signer: Ed25519Signer; readonly submitter: Ed25519Signer },
  { size, fork = '' }: { readonly size: number; readonly fork?: string },
): Promise<PaperLog> {
  const statements = Array.from({ length: size }, (_, at) => new TextEncoder().encode(`${fork}${at}`));
  const leaves = await Promise.all(statements.map((one) => signLeaf(one, submitter)));
  const tiles = new Map<string, Tile>();
  const grown = growTree(
    EMPTY_EDGE,
    leaves.map((leaf) => portableHasher.leaf(leaf)),
  );
  for (const tile of grown.tiles) tiles.set(`${tile.level}/${tile.index}`, tile);
  const prover = createProver(async (level, index, width) =>
    tiles.get(`${level}/${index}`)!.hashes.subarray(0, width * HASH_BYTES),
  );
  return {
    signer,
    submitter,
    prover,
    statements,
    leaves,
    note: async (at) => signCheckpoint({ size: at, root: await prover.root(at) }, { log: signer }),
  };
}

export const freshSigners = () => ({
  signer: nodeEd25519Signer(seed()),
  submitter: nodeEd25519Signer(seed()),
});

export type Asked = { readonly old: number; readonly proof: readonly Uint8Array[]; readonly note: string };

export async function addCheckpoint(url: string, { old, proof, note }: Asked) {
  const body = `old ${old}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`;
  const answer = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
}

const field = (bytes: Uint8Array): Uint8Array => {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return concatBytes(length, bytes);
};

const ascii = (text: string) => new TextEncoder().encode(text);

export const sshPublicKey = (publicKey: Uint8Array): string =>
  `ssh-ed25519 ${toBase64(concatBytes(field(ascii('ssh-ed25519')), field(publicKey)))}\n`;
