import fs from 'node:fs';
import { expect, test } from '@playwright/test';
import { hub } from './support/demo.ts';
import { openSession } from './support/walk.ts';

test.describe.configure({ mode: 'serial' });

test('LIB-PROJ-20 LIB-PROJ-21 OD-19 a change is logged, witnessed and on the chain; its evidence verifies offline', async ({
  page,
  context,
}, info) => {
  await openSession(page, 'qingshan-1');
  await page.getByRole('link', { name: '变更记录' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '变更记录' })).toBeVisible();
  await page.getByRole('link', { name: /绑定/ }).last().click();
  await expect(page.getByRole('heading', { level: 1, name: '上链信息戳' })).toBeVisible();
  const progress = page.getByRole('list', { name: '存证进度' });
  for (const step of ['已入账', '已见证', '已上链']) await expect(progress.getByText(step)).toBeVisible();
  // Anchored every minute; the page goes on asking by itself.
  await expect(progress.getByText(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/)).toHaveCount(3, {
    timeout: 120_000,
  });
  await expect(page.getByText('SHA-256摘要')).toBeVisible();
  await expect(page.getByText('SM3摘要')).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载证据包' }).click();
  const bundle = info.outputPath('bundle.json');
  await (await download).saveAs(bundle);
  const policy = info.outputPath('policy.json');
  fs.writeFileSync(policy, await (await page.request.get(hub('/log/policy.json'))).body());
  const verifier = info.outputPath('verify.html');
  fs.writeFileSync(verifier, await (await page.request.get(hub('/downloads/verify.html'))).body());

  await context.setOffline(true);
  await page.goto(`file://${verifier}`);
  const files = page.locator('input[type="file"]');
  await files.nth(0).setInputFiles(bundle);
  await files.nth(1).setInputFiles(policy);
  await expect(page.getByText(/证据有效/).first()).toBeVisible();
  const forged = info.outputPath('forged.json');
  fs.writeFileSync(forged, fs.readFileSync(bundle, 'utf8').replace('binding', 'bindinh'));
  await files.nth(0).setInputFiles(forged);
  await expect(page.getByText(/证据有效/)).toHaveCount(0);
  await context.setOffline(false);
});

test('OD-19 how to verify it oneself is told to everybody', async ({ page }) => {
  await page.goto(hub('/evidence/verify'));
  await expect(page.getByRole('heading', { level: 1, name: '如何自行核验' })).toBeVisible();
  await expect(page.getByText('信任策略的SHA-256')).toBeVisible();
  await expect(page.getByText(/sigsum\.org\/v1\/tree\//)).toBeVisible();
  await expect(page.getByRole('link', { name: '下载核验页' })).toHaveAttribute(
    'href',
    '/downloads/verify.html',
  );
});

test('LIB-PROJ-21 a stranger sees no changes', async ({ page }) => {
  await page.goto(hub('/evidence'));
  await expect(page.getByRole('link', { name: /登录/ }).first()).toBeVisible();
  await expect(page.getByText('上链信息戳')).toHaveCount(0);
});
