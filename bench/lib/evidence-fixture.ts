import { randomBytes } from 'node:crypto';
import { encodeSm2Spki, generateSm2KeyPair } from '@hufu/gm';
import { openSslSm2 } from '@hufu/gm/node';
import {
  buildStatement,
  commitFields,
  cosign,
  createProver,
  EMPTY_EDGE,
  type EvidenceBundle,
  formatTlogProof,
  growTree,
  HASH_BYTES,
  type LogPolicy,
  noteKey,
  portableHasher,
  signCheckpoint,
  signLeaf,
  sigsumOrigin,
  sigsumProof,
  sm2NoteKey,
  type Tile,
} from '@hufu/ledger';
import { nodeEd25519Signer } from '@hufu/ledger/node';

const random = (length: number) => new Uint8Array(randomBytes(length));
const WITNESSES = 2;

function sm2Signer() {
  const { privateKey, publicKey } = generateSm2KeyPair(random);
  const sm2 = openSslSm2(random);
  return {
    publicKey: encodeSm2Spki(publicKey),
    sign: async (message: Uint8Array) => sm2.sign(privateKey, message),
  };
}

/** One statement with a disclosure in a log of `size` leaves, cosigned by two, and the policy that trusts them. */
export async function evidenceFixture(size: number): Promise<{ bundle: EvidenceBundle; policy: LogPolicy }> {
  const [log, submitter, sm2] = [nodeEd25519Signer(random(32)), nodeEd25519Signer(random(32)), sm2Signer()];
  const origin = sigsumOrigin(log.publicKey);
  const key = noteKey('ed25519', origin, log.publicKey);
  const witnesses = Array.from({ length: WITNESSES }, (_, at) => {
    const signer = nodeEd25519Signer(random(32));
    const name = `w${at + 1}.example`;
    return { name, signer, key: noteKey('cosignature', name, signer.publicKey) };
  });
  const time = Date.now();
  const [field] = commitFields({ phone: '13800138000' }, random);
  const statement = buildStatement({
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    type: 'enterprise.change',
    subject: { kind: 'enterprise', id: 'e1' },
    seq: 1,
    prev: undefined,
    actor: { kind: 'entity', id: 'e1' },
    time: time - 1000,
    facts: { before: { regCity: '150200' }, after: { regCity: '150100' } },
    commitments: [field!.commitment],
  });
  const leaf = await signLeaf(statement, submitter);
  const hashes = Array.from({ length: size - 1 }, () => random(HASH_BYTES));
  const index = size >> 1;
  hashes.splice(index, 0, new Uint8Array(portableHasher.leaf(leaf)));
  const grown = growTree(EMPTY_EDGE, hashes);
  const tiles = new Map<string, Tile>(grown.tiles.map((tile) => [`${tile.level}/${tile.index}`, tile]));
  const prover = createProver(async (level, at, width) =>
    tiles.get(`${level}/${at}`)!.hashes.subarray(0, width * HASH_BYTES),
  );
  const bare = await signCheckpoint({ size, root: grown.root }, { log, sm2 });
  const text = bare.slice(0, bare.indexOf('\n\n') + 1);
  const seconds = Math.floor(time / 1000);
  const lines = await Promise.all(
    witnesses.map(({ name, signer }) => cosign({ text, name, time: seconds }, signer)),
  );
  const proof = formatTlogProof({
    index,
    hashes: await prover.inclusion(index, size),
    note: bare + lines.join(''),
  });
  return {
    bundle: {
      statement,
      disclosures: [{ commitment: field!.commitment, disclosure: field!.disclosure }],
      leaf,
      proof,
      sigsumProof: sigsumProof({ leaf, proof, log: key, witnesses: witnesses.map((one) => one.key) }),
      timeStamps: [],
      anchors: [],
    },
    policy: {
      publisher: 'bench',
      issuedAt: time,
      logs: [{ key, sm2: sm2NoteKey(origin, sm2.publicKey) }],
      submitters: [{ name: 'bench', publicKey: submitter.publicKey }],
      witnesses: witnesses.map((one) => ({ operator: one.name, key: one.key })),
      quorum: WITNESSES,
      timeStampRoots: [],
      chains: [],
    },
  };
}
