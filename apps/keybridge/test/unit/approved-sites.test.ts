import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApprovedSites } from '../../src/sites/approved-sites.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hufu-sites-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const site = (number: number) => ({
  origin: `https://site-${number}.example`,
  approvedAt: '2026-11-20T08:00:00.000Z',
  secretSha256: number.toString(16).padStart(64, '0'),
});

test('OD-02 an approval too many drops the oldest, and the assistant still starts with the file', async () => {
  const path = join(folder, 'sites.json');
  const full = Array.from({ length: 500 }, (_, number) => site(number));
  await writeFile(path, JSON.stringify({ version: 1, sites: full }));
  await (await openApprovedSites(path)).approve(site(500));
  const reopened = await openApprovedSites(path);
  expect(reopened.list()).toHaveLength(500);
  expect(reopened.isApproved(site(0).origin)).toBe(false);
  expect(reopened.isApproved(site(500).origin)).toBe(true);
});

test('OD-02 a write that failed is told, and the next one is made', async () => {
  const later = join(folder, 'later');
  const path = join(later, 'sites.json');
  const sites = await openApprovedSites(path);
  await expect(sites.approve(site(1))).rejects.toThrow();
  await mkdir(later);
  await sites.approve(site(2));
  expect(JSON.parse(await readFile(path, 'utf8')).sites).toHaveLength(2);
});
