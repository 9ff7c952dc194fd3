import fs from 'node:fs/promises';
import path from 'node:path';
import { entriesPath, HASH_BYTES, LEAF_BYTES, parseTilePath, TILE_WIDTH, tilePath } from '@hufu/ledger';
import type { FastifyReply } from 'fastify';
import { infraError } from '../../../infra/errors.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { POLICY_FILE } from '../publish/publish-policy.ts';

const TYPES: Readonly<Record<string, string>> = {
  checkpoint: 'text/plain; charset=utf-8',
  [POLICY_FILE]: 'application/json; charset=utf-8',
};

/** Each entry stands behind two bytes of length. */
const ENTRY_BYTES = 2 + LEAF_BYTES;

/** The log's files below `/log/`: for everybody, cacheable, verifiable without trusting the way here. */
export function mountLogFiles(app: HttpApp, directory: string): void {
  app.get<{ Params: { '*': string } }>(
    '/log/*',
    { config: { anyOrigin: true }, schema: { hide: true } },
    async (request, reply) => {
      const name = request.params['*'];
      open(reply);
      const type = TYPES[name];
      if (type !== undefined) {
        const content = await read(path.join(directory, name));
        if (content === undefined) throw infraError('NOT_FOUND');
        return reply.type(type).header('cache-control', 'public, max-age=1').send(content);
      }
      const tile = await readTile(directory, name);
      if (tile === undefined) throw infraError('NOT_FOUND');
      return reply
        .type('application/octet-stream')
        .header('cache-control', 'public, max-age=31536000, immutable')
        .send(tile);
    },
  );
}

const open = (reply: FastifyReply) =>
  reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin');

async function read(file: string): Promise<Buffer | undefined> {
  return fs.readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** A partial tile that has been filled since is the beginning of the full one. */
async function readTile(directory: string, name: string): Promise<Buffer | undefined> {
  const tile = parsed(name);
  if (tile === undefined) return undefined;
  const found = await read(path.join(directory, name));
  if (found !== undefined || tile.width === TILE_WIDTH) return found;
  const full = { ...tile, width: TILE_WIDTH };
  const whole = await read(
    path.join(directory, tile.kind === 'entries' ? entriesPath(full) : tilePath(full)),
  );
  return whole?.subarray(0, tile.width * (tile.kind === 'entries' ? ENTRY_BYTES : HASH_BYTES));
}

/** Only paths of the specification reach the disk. */
function parsed(name: string): ReturnType<typeof parseTilePath> | undefined {
  try {
    return parseTilePath(name);
  } catch {
    return undefined;
  }
}
