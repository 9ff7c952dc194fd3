import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serveChecksumDatabase } from './support/checksum-database.ts';
import { isInstalled, runTool } from './support/tool.ts';

/** Debian bookworm, package golang-1.19-go; its checksum-database client is the oldest verifier of such trees. */
const GO = ['/usr/lib/go-1.19/bin/go', 'go'].find(isInstalled);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hufu-go-'));
  await mkdir(path.join(folder, 'empty'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Database = Awaited<ReturnType<typeof serveChecksumDatabase>>;

async function download(database: Database) {
  const env = {
    ...database.env,
    HOME: folder,
    PATH: '/usr/bin:/bin',
    GOPATH: path.join(folder, 'go'),
    GOCACHE: path.join(folder, 'cache'),
    GOFLAGS: '-modcacherw',
    GONOSUMDB: 'none',
    GONOPROXY: 'none',
    GOPRIVATE: '',
    GOTOOLCHAIN: 'local',
  };
  const args = ['mod', 'download', '-json', ...database.modules];
  return runTool({ program: GO!, args, env, cwd: path.join(folder, 'empty') });
}

const firstTile = (address: string) => /\/tile\/8\/0\/000$/.test(address);

describe.skipIf(GO === undefined)('Go’s checksum-database client, which we did not write', () => {
  test('accepts our signed note, tiles and the proofs that it makes of them', async () => {
    const database = await serveChecksumDatabase();
    const { status, output } = await download(database);
    await database.close();
    expect(status, output).toBe(0);
    expect(output.match(/"Sum": "h1:/g)).toHaveLength(database.modules.length);
    expect(database.asked.filter((one) => one.includes('/tile/8/')).length).toBeGreaterThan(2);
  });

  test('refuses a tile with one bit changed', async () => {
    const database = await serveChecksumDatabase((address, body) => {
      if (firstTile(address)) body[40]! ^= 1;
      return body;
    });
    const { status, output } = await download(database);
    await database.close();
    expect(status).not.toBe(0);
    expect(output).toMatch(/inconsistent tile/);
  });

  test('refuses a note that was signed for another tree', async () => {
    const database = await serveChecksumDatabase((address, body) =>
      address.includes('/lookup/') ? Buffer.from(body.toString().replace('\n512\n', '\n511\n')) : body,
    );
    const { status, output } = await download(database);
    await database.close();
    expect(status).not.toBe(0);
    expect(output).toMatch(/invalid signature|verifying/);
  });
});
