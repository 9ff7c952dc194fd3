import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { utf8 } from '@hufu/kernel';
import { checkpointText, formatNote, formatVkey, noteKey, TILE_WIDTH, tilePath } from '@hufu/ledger';
import { nodeEd25519Signer, nodeTreeHasher } from '@hufu/ledger/node';
import { tilesOf } from './log.ts';
import { goModuleHash, storedZip, type ZipFile } from './module-zip.ts';

const ORIGIN = 'go.sum database tree';
const VERSION = 'v1.0.0';
/**
 * A power of two. In trees of other sizes Go 1.19 leaves some tiles unchecked: its loop over the tiles that are not part
 * of the tree's root starts after as many tiles as there are subtrees, which may share a tile.
 */
const MODULES = 512;

const moduleName = (index: number): string => `module.test/m${index}`;
const goMod = (name: string): string => `module ${name}\n\ngo 1.19\n`;

const filesOf = (name: string): ZipFile[] => [
  { name: `${name}@${VERSION}/go.mod`, content: goMod(name) },
  { name: `${name}@${VERSION}/m.go`, content: 'package m\n' },
];

/** Lines of go.sum for a module: what a leaf of the checksum database is. */
function goSum(name: string): string {
  const mod = goModuleHash([{ name: 'go.mod', content: goMod(name) }]);
  return `${name} ${VERSION} ${goModuleHash(filesOf(name))}\n${name} ${VERSION}/go.mod ${mod}\n`;
}

/**
 * A checksum database and a module proxy for Go's own client (https://go.dev/ref/mod#checksum-database), made of this
 * project's tree, tiles, keys and notes.
 * @param tamper changes what is served under a path
 */
export async function serveChecksumDatabase(
  tamper: (path: string, body: Buffer) => Buffer = (_, body) => body,
) {
  const signer = nodeEd25519Signer(new Uint8Array(randomBytes(32)));
  const key = noteKey('ed25519', 'sum.test', signer.publicKey);
  const records = Array.from({ length: MODULES }, (_, i) => goSum(moduleName(i)));
  const { root, tiles } = tilesOf(records.map((record) => nodeTreeHasher.leaf(utf8(record))));
  const text = checkpointText({ origin: ORIGIN, size: MODULES, root });
  const signature = await signer.sign(utf8(text));
  const note = formatNote({ text, signatures: [{ name: key.name, keyId: key.keyId, signature }] });

  const bodies = new Map<string, string | Uint8Array>([['/sum/latest', note]]);
  for (const tile of tiles.values()) {
    // Go serves the height of its tiles in the path; everything after it is the path of tlog-tiles.
    const full = tilePath(tile).replace('tile/', '/sum/tile/8/');
    bodies.set(full, tile.hashes);
    for (let width = 1; width < Math.min(tile.width, TILE_WIDTH); width++)
      bodies.set(`${full.replace(/\.p\/\d+$/, '')}.p/${width}`, tile.hashes.subarray(0, width * 32));
  }
  for (const [index, record] of records.entries()) {
    const name = moduleName(index);
    bodies.set(`/sum/lookup/${name}@${VERSION}`, `${index}\n${record}\n${note}`);
    bodies.set(`/proxy/${name}/@v/${VERSION}.info`, JSON.stringify({ Version: VERSION }));
    bodies.set(`/proxy/${name}/@v/${VERSION}.mod`, goMod(name));
  }
  const zipOf = (path: string): Buffer | undefined => {
    const name = /^\/proxy\/(.+)\/@v\/v1\.0\.0\.zip$/.exec(path)?.[1];
    return name === undefined ? undefined : storedZip(filesOf(name));
  };

  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    asked.push(path);
    const body = bodies.get(path) ?? zipOf(path);
    if (body === undefined) return response.writeHead(404).end();
    return response.writeHead(200).end(tamper(path, Buffer.from(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    asked,
    modules: [0, 255, 256, 511].map((index) => `${moduleName(index)}@${VERSION}`),
    env: { GOSUMDB: `${formatVkey(key)} ${base}/sum`, GOPROXY: `${base}/proxy` },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
