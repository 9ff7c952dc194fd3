import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { challenge, pair, testBridge } from '../support/bridge.ts';
import { askOwn } from '../support/http.ts';
import { bundledProgram, type TestProgram } from '../support/program.ts';
import { insertToken, PIN, testKey } from '../support/tokens.ts';

let program: TestProgram;
let folder: string;
beforeAll(async () => {
  program = await bundledProgram();
  folder = mkdtempSync(join(tmpdir(), 'hufu-program-'));
});
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true });
});

type Ran = {
  readonly status: number | null;
  readonly lines: readonly Record<string, unknown>[];
  readonly error: string;
};

function token(args: readonly string[], input = ''): Ran {
  const run = spawnSync(process.execPath, [program.entry, 'token', ...args, '--data', join(folder, 'data')], {
    encoding: 'utf8',
    input,
  });
  const lines = run.stdout.split('\n').filter((line) => line !== '');
  return { status: run.status, lines: lines.map((line) => JSON.parse(line)), error: run.stderr };
}

/** A PKCS#12 file with an SM2 or P-256 key, made by openssl. */
function pkcs12(curve: 'SM2' | 'P-256'): string {
  const at = (name: string): string => join(folder, `${curve}.${name}`);
  const openssl = (...args: readonly string[]): unknown => execFileSync('openssl', args, { stdio: 'ignore' });
  openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${curve}`, '-out', at('key'));
  const digest = curve === 'SM2' ? '-sm3' : '-sha256';
  openssl('req', '-x509', '-new', '-key', at('key'), digest, '-subj', '/O=Test/CN=Test', '-out', at('cer'));
  openssl(
    'pkcs12',
    '-export',
    '-inkey',
    at('key'),
    '-in',
    at('cer'),
    '-out',
    at('p12'),
    '-passout',
    'pass:secret',
  );
  return at('p12');
}

describe('AST-014 token command for scripts', () => {
  test.each(['SM2', 'P-256'] as const)('a token is made and takes a PKCS#12 file with a %s key', (curve) => {
    const made = token(['create', '--label', `锁 ${curve}`, '--pin', PIN, '--media', `MEDIA-${curve}`]);
    expect(made.status).toBe(0);
    const tokenId = String(made.lines[0]?.['tokenId']);
    const imported = token(
      ['import', tokenId, '--file', pkcs12(curve), '--password', '-', '--pin', '-'],
      `${PIN}\nsecret\n`,
    );
    expect(imported.status).toBe(0);
    expect(token(['list']).lines).toContainEqual(
      expect.objectContaining({
        tokenId,
        mediaNumber: `MEDIA-${curve}`,
        inserted: true,
        attemptsLeft: 10,
        keys: [expect.objectContaining({ usage: 'sign' })],
      }),
    );
  });

  test('wrong file password, wrong PIN and wrong usage are refused, and only the wrong PIN is counted', () => {
    const made = token(['create', '--label', '锁', '--pin', PIN]);
    const tokenId = String(made.lines[0]?.['tokenId']);
    const file = pkcs12('P-256');
    const wrongPassword = token(['import', tokenId, '--file', file, '--password', 'wrong', '--pin', PIN]);
    expect(wrongPassword).toMatchObject({ status: 1, error: expect.stringContaining('GM_KEY_PASSWORD') });
    const wrongPin = token(['import', tokenId, '--file', file, '--password', 'secret', '--pin', 'wrong-pin']);
    expect(wrongPin).toMatchObject({ status: 1, error: expect.stringContaining('PIN_INCORRECT') });
    expect(token(['import', tokenId, '--pin', PIN])).toMatchObject({ status: 1, error: 'missing: --file\n' });
    const listed = token(['list']).lines.find((line) => line['tokenId'] === tokenId);
    expect(listed).toMatchObject({ attemptsLeft: 9, keys: [] });
  });
});

describe('OD-38 kill -9 while a PIN is tried', () => {
  test('the attempt is on the disk before the PIN is tried', async () => {
    const made = token(['create', '--label', '锁', '--pin', PIN]);
    const tokenId = String(made.lines[0]?.['tokenId']);
    const file = join(folder, 'data/tokens', `${tokenId}.hufutoken`);
    const used = (): number => JSON.parse(readFileSync(file, 'utf8')).pin.attemptsUsed;
    const args = ['import', tokenId, '--file', pkcs12('P-256'), '--password', 'secret', '--pin', PIN];
    const child = spawn(process.execPath, [program.entry, 'token', ...args, '--data', join(folder, 'data')]);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    // The right PIN would set the counter back to nought; killed before that, the attempt stays counted.
    while (used() === 0 && child.exitCode === null) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGKILL');
    await ended;
    expect(used()).toBe(1);
    // The lock of the dead process does not keep the next one out.
    expect(token(args).status).toBe(0);
    expect(used()).toBe(0);
    expect(readdirSync(join(folder, 'data/tokens')).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });
});

describe('the assistant as a program', () => {
  const start = (env: Readonly<Record<string, string>>): ChildProcess =>
    spawn(process.execPath, [program.entry], {
      env: { ...process.env, HUFU_KEYBRIDGE_DATA: join(folder, 'running'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const said = (child: ChildProcess, stream: 'stdout' | 'stderr'): Promise<string> =>
    new Promise((resolve) => {
      child[stream]?.once('data', (data: Buffer) => resolve(data.toString('utf8')));
    });
  const exit = (child: ChildProcess): Promise<number | null> =>
    new Promise((resolve) => {
      child.once('exit', (code) => resolve(code));
    });

  test('says when it is ready, and stops cleanly on SIGTERM', async () => {
    const child = start({ HUFU_KEYBRIDGE_PORT: '0' });
    const ended = exit(child);
    expect(await said(child, 'stdout')).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+\/\n$/);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  test('says so when the port is taken, and when a value is out of form', async () => {
    const other = await testBridge();
    const taken = start({ HUFU_KEYBRIDGE_PORT: String(other.port) });
    const ended = exit(taken);
    expect(await said(taken, 'stderr')).toContain('端口已被占用');
    expect(await ended).toBe(1);
    const wrong = start({ HUFU_KEYBRIDGE_PORT: 'many' });
    expect(await exit(wrong)).toBe(1);
    await other.close();
  });

  test('keeps approvals over a restart, and forgets operations', async () => {
    const dataDir = mkdtempSync(join(folder, 'restart-'));
    const first = await testBridge({ dataDir });
    const { keyId } = await insertToken(first.bridge, await testKey());
    const site = await pair(first.port);
    const body = { act: 'login', keyId, payload: challenge() };
    const { operationId } = (await site.ask('/operations', { method: 'POST', body })).json;
    await first.close();
    const second = await testBridge({ dataDir, port: first.port });
    expect((await site.ask('/certificates')).json.certificates).toMatchObject([{ keyId }]);
    expect((await site.ask(`/operations/${operationId}`)).json.code).toBe('BRIDGE_NOT_FOUND');
    const enter = await askOwn(second.port, `/operations/${operationId}/pin`, {
      method: 'POST',
      body: { pin: PIN },
    });
    expect(enter.json.code).toBe('BRIDGE_NOT_FOUND');
    await second.close();
  });
});
