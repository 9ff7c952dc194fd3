import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPolicy, type EvidenceBundle, formatBundle, sigsumProof } from '@hufu/ledger';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtFile } from '../support/programs.ts';
import { edited, newLog } from './support/log.ts';
import { isInstalled, runTool } from './support/tool.ts';

const log = await newLog();
const INDEX = 42;
const proof = await log.proof(INDEX);
const { bytes, disclosures } = log.statements[INDEX]!;
const bundle: EvidenceBundle = {
  statement: bytes,
  disclosures: disclosures.map(({ commitment, disclosure }) => ({ commitment, disclosure })),
  leaf: log.leaves[INDEX]!,
  proof,
  sigsumProof: sigsumProof({
    leaf: log.leaves[INDEX]!,
    proof,
    log: log.policy.logs[0]!.key,
    witnesses: log.policy.witnesses.map(({ key }) => key),
  }),
  timeStamps: [],
  anchors: [],
};
const forged = { ...bundle, statement: edited(bundle.statement) };
const erased = {
  ...bundle,
  disclosures: bundle.disclosures.map(({ commitment }) => ({ commitment, disclosure: null })),
};
const lonely = { ...bundle, proof: await log.proof(INDEX, 1) };

let folder: string;
const file = (name: string) => path.join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hufu-verifier-'));
  await writeFile(file('policy.json'), buildPolicy(log.policy));
  await writeFile(file('other-policy.json'), buildPolicy((await newLog({ size: 1 })).policy));
  await writeFile(file('bundle.json'), formatBundle(bundle));
  await writeFile(file('forged.json'), formatBundle(forged));
  await writeFile(file('erased.json'), formatBundle(erased));
  await writeFile(file('lonely.json'), formatBundle(lonely));
  await writeFile(file('garbage.json'), '{"v":"hufu-evidence/v1"');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('hufu verify', () => {
  const verify = (...args: readonly string[]) =>
    runTool({
      program: process.execPath,
      args: [builtFile('verifier', 'hufu-verify.mjs'), 'verify', ...args],
    });

  test.each([
    ['bundle.json', 'policy.json', 0, '✓ 证据有效'],
    ['erased.json', 'policy.json', 0, '已删除（证明仍然有效）'],
    ['forged.json', 'policy.json', 1, '✗ 证据无效'],
    ['lonely.json', 'policy.json', 1, '见证方数量不足'],
    ['bundle.json', 'other-policy.json', 1, '日志不在验证策略中'],
    ['garbage.json', 'policy.json', 2, '证据包格式不正确'],
    ['bundle.json', 'bundle.json', 2, '验证策略文件格式不正确'],
    ['bundle.json', 'nowhere.json', 2, 'ENOENT'],
  ])('%s under %s: exit code %i, %s', async (evidence, policy, code, words) => {
    const { status, output } = await verify(file(evidence), '--policy', file(policy));
    expect(output).toContain(words);
    expect(status).toBe(code);
  });

  test('without a policy it verifies nothing', async () => {
    const { status, output } = await verify(file('bundle.json'));
    expect([status, output.includes('--policy')]).toEqual([2, true]);
  });

  test('answers in JSON and in English', async () => {
    const json = await verify(file('bundle.json'), '--policy', file('policy.json'), '--json');
    expect(JSON.parse(json.output)).toMatchObject({ outcome: 'valid', index: INDEX, head: { size: 300 } });
    const english = await verify(file('bundle.json'), '--policy', file('policy.json'), '--lang', 'en');
    expect(english.output).toContain('The evidence is valid');
  });

  test.skipIf(!isInstalled('sigsum-verify'))('the parts that it writes satisfy sigsum-verify', async () => {
    const parts = file('parts');
    await verify(file('bundle.json'), '--policy', file('policy.json'), '--extract', parts);
    expect((await readdir(parts)).sort()).toEqual([
      'sigsum-policy',
      'statement.json',
      'statement.sigsum',
      'statement.tlog-proof',
      'submitters.pub',
    ]);
    const args = ['--key', path.join(parts, 'submitters.pub'), '--policy', path.join(parts, 'sigsum-policy')];
    const statement = await readFile(path.join(parts, 'statement.json'));
    const call = { program: 'sigsum-verify', args: [...args, path.join(parts, 'statement.sigsum')] };
    expect(await runTool({ ...call, input: statement })).toEqual({ status: 0, output: '' });
    expect((await runTool({ ...call, input: edited(statement) })).status).not.toBe(0);
  });
});

const PATIENCE_MS = 20_000;
const CHROMIUM = process.env['HUFU_CHROMIUM'] ?? '/usr/bin/chromium';

/** Run in the page, hence as text. */
const WITHOUT_ED25519 = `
  const { importKey } = SubtleCrypto.prototype;
  SubtleCrypto.prototype.importKey = function (...args) {
    if (JSON.stringify(args).includes('Ed25519')) throw new DOMException('no', 'NotSupportedError');
    return importKey.apply(this, args);
  };`;

const dropping = (texts: readonly string[]): string => `{
  const transfer = new DataTransfer();
  for (const text of ${JSON.stringify(texts)}) transfer.items.add(new File([text], 'dropped.json'));
  document.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));
}`;

describe.skipIf(!existsSync(CHROMIUM))('the page, opened from a disk', () => {
  let browser: Browser;
  let page: Page;
  const asked: string[] = [];
  const complaints: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
    page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(pathToFileURL(builtFile('verifier', 'verify.html')).href);
  });
  afterAll(() => browser?.close());

  async function judge(evidence: string, policy = 'policy.json') {
    await page.reload();
    await page.setInputFiles('#policy', file(policy));
    await page.setInputFiles('#bundle', file(evidence));
    await page.waitForSelector('.outcome');
    return {
      headline: await page.textContent('.outcome h2'),
      text: (await page.textContent('#report')) ?? '',
    };
  }

  test('says what happened, who saw it, and whose keys were used', async () => {
    const { headline, text } = await judge('bundle.json');
    expect(headline).toBe('证据有效');
    for (const words of [
      'binding.created',
      '13800000000',
      'witness.test/w0',
      'witness.test/w1',
      '策略 SHA-256',
    ])
      expect(text).toContain(words);
  });

  test('erased fields stay proved and are shown as 已删除', async () => {
    const { headline, text } = await judge('erased.json');
    expect([headline, text.includes('已删除'), text.includes('13800000000')]).toEqual([
      '证据有效',
      true,
      false,
    ]);
  });

  test.each([
    ['forged.json', 'policy.json', '证据无效'],
    ['lonely.json', 'policy.json', '无法证实'],
    ['bundle.json', 'other-policy.json', '无法证实'],
    ['garbage.json', 'policy.json', '无法读取文件'],
  ])('%s under %s: %s', async (evidence, policy, words) => {
    expect((await judge(evidence, policy)).headline).toBe(words);
  });

  test('has the same answer where WebCrypto knows no Ed25519', async () => {
    const old = await browser.newPage();
    old.setDefaultTimeout(PATIENCE_MS);
    await old.addInitScript(WITHOUT_ED25519);
    await old.goto(pathToFileURL(builtFile('verifier', 'verify.html')).href);
    await old.setInputFiles('#policy', file('policy.json'));
    await old.setInputFiles('#bundle', file('bundle.json'));
    expect(await old.textContent('.outcome h2')).toBe('证据有效');
    await old.close();
  });

  test('speaks English when asked to', async () => {
    await judge('bundle.json');
    await page.click('#language');
    expect(await page.textContent('.outcome h2')).toBe('The evidence is valid');
  });

  test('takes dropped files, and tells them apart itself', async () => {
    await page.reload();
    const texts = await Promise.all(
      ['bundle.json', 'policy.json'].map((name) => readFile(file(name), 'utf8')),
    );
    await page.evaluate(dropping(texts));
    expect(await page.textContent('.outcome h2')).toBe('证据有效');
  });

  test('asked the network for nothing, and broke no rule of its own policy', () => {
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((address) => !address.startsWith('file:'))).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
