import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { toHex } from '@hufu/kernel';
import { type createProver, parseLeaf } from '@hufu/ledger';
import { nodeTreeHasher } from '@hufu/ledger/node';

export type SigsumLog = {
  readonly leaves: readonly Uint8Array[];
  readonly prover: ReturnType<typeof createProver>;
  readonly root: Uint8Array;
  /** Ed25519 over the checkpoint's text. */
  readonly signature: Uint8Array;
};

const hashes = (list: readonly Uint8Array[]): string =>
  list.map((hash) => `node_hash=${toHex(hash)}\n`).join('');

function leafLine(leaf: Uint8Array): string {
  const { checksum, signature, keyHash } = parseLeaf(leaf);
  return `leaf=${toHex(checksum)} ${toHex(signature)} ${toHex(keyHash)}\n`;
}

/** A log as the Sigsum tools read it over HTTP (Sigsum log.md v1), from this project's tree and proofs. */
export async function serveSigsumLog({ leaves, prover, root, signature }: SigsumLog) {
  const size = leaves.length;
  const indexes = new Map(leaves.map((leaf, index) => [toHex(nodeTreeHasher.leaf(leaf)), index]));

  async function answer(path: string): Promise<string | undefined> {
    const [, what, first = '', second = ''] = path.split('/');
    switch (what) {
      case 'get-tree-head':
        return `size=${size}\nroot_hash=${toHex(root)}\nsignature=${toHex(signature)}\n`;
      case 'get-leaves':
        return leaves.slice(Number(first), Number(second)).map(leafLine).join('') || undefined;
      case 'get-consistency-proof':
        return hashes(await prover.consistency(Number(first), Number(second)));
      case 'get-inclusion-proof': {
        const index = indexes.get(second);
        if (index === undefined) return undefined;
        return `leaf_index=${index}\n${hashes(await prover.inclusion(index, Number(first)))}`;
      }
      default:
        return undefined;
    }
  }

  const server = http.createServer((request, response) => {
    answer(request.url ?? '').then(
      (text) => response.writeHead(text === undefined ? 404 : 200).end(text),
      () => response.writeHead(400).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
