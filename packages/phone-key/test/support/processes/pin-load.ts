/**
 * For the bench: the phone app's own key engine in Chromium, slowed down four times as a phone is, makes signatures with
 * a vault in this process. Prints as JSON the times in ms from the PIN to the signature, and those of argon2id alone.
 * Chromium slows a page's main thread and not its workers: what argon2id takes in its worker is told beside the rest.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { build } from 'esbuild';
import { MemoryVault } from '../memory-vault.ts';

const THROTTLE = 4;
const ROUNDS = 8;
const KEYS = join(process.cwd(), 'apps/phone/src/keys');

/** What the app does, from the moment at which the PIN was typed. */
const PAGE = `
  import { sm2Digest } from '@hufu/gm';
  import { openPhoneKey } from './phone-key.ts';
  import { argonStretch, warmStretch } from './stretch.ts';
  const vault = { send: (op, request) => globalThis.askVault(op, request) };
  const ready = () => new Promise((resolve) => setTimeout(resolve, 500));
  const timed = async (work) => {
    warmStretch();
    await ready();
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  globalThis.enrol = async () => (await (await openPhoneKey(vault)).enrol({ pin: '246810', usage: 'sign' })).halfId;
  globalThis.sign = (halfId) => timed(async () => {
    const engine = await openPhoneKey(vault);
    const messages = [new Uint8Array(600)];
    await engine.signAll({ halfId, pin: '246810', order: 'scan:bench', messages });
  });
  globalThis.stretch = () => timed(() => argonStretch.run(new Uint8Array(6), new Uint8Array(16), argonStretch.cost));
`;

/** The page's global object. */
type Page = {
  askVault(op: string, request: unknown): Promise<unknown>;
  enrol(): Promise<string>;
  sign(halfId: string): Promise<number>;
  stretch(): Promise<number>;
};

async function bundled(): Promise<ReadonlyMap<string, string>> {
  const options = { bundle: true, write: false, format: 'esm', platform: 'browser', minify: true } as const;
  const page = await build({ ...options, stdin: { contents: PAGE, resolveDir: KEYS } });
  const worker = await build({ ...options, entryPoints: [join(KEYS, 'stretch.worker.ts')] });
  return new Map([
    ['/page.js', page.outputFiles[0]?.text ?? ''],
    ['/stretch.worker.ts', worker.outputFiles[0]?.text ?? ''],
  ]);
}

const files = await bundled();
const server = createServer(({ url = '' }, response) => {
  const script = files.get(url);
  response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
  response.end(script ?? '<!doctype html><script type="module" src="/page.js"></script>');
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await chromium.launch({
  executablePath: process.env['HUFU_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
try {
  const page = await browser.newPage();
  const vault = new MemoryVault();
  await page.exposeFunction('askVault', (op: 'sign', request: Parameters<MemoryVault['send']>[1]) =>
    vault.send(op, request),
  );
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const halfId = await page.evaluate(() => (globalThis as unknown as Page).enrol());
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
  const whole: number[] = [];
  const stretching: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    whole.push(await page.evaluate((id) => (globalThis as unknown as Page).sign(id), halfId));
    stretching.push(await page.evaluate(() => (globalThis as unknown as Page).stretch()));
  }
  process.stdout.write(JSON.stringify({ throttle: THROTTLE, whole, stretching }));
} finally {
  await browser.close();
  server.close();
}
