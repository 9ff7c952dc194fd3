import fs from 'node:fs';
import { expect, test } from '@playwright/test';
import { assistant, hub, key, plugIn } from './support/demo.ts';
import { decide, enterDesk, giveReason, leaveDesk, openRow } from './support/desk.ts';
import { openSession, signHere } from './support/walk.ts';

test.describe.configure({ mode: 'serial' });

const QINGSHAN = '内蒙古青山建设工程有限公司';
const LETTER = 'apps/server/data/templates/letter-of-authorisation.pdf';
let signed: Buffer;

test('SIGN-012 a seal is applied for, checked by one person and issued by another', async ({
  page,
  browser,
}) => {
  await openSession(page, 'qingshan-1');
  await page.goto(hub('/seals'));
  await page.getByRole('link', { name: '申请印章' }).click();
  await expect(page.getByRole('img', { name: '印章预览，带“样章”字样' })).toBeVisible();
  await page.getByRole('button', { name: '提交申请' }).click();
  await expect(page.getByText('申请已提交，等待审核')).toBeVisible();

  const clerk = await enterDesk(browser, 'desk-clerk');
  await openRow(clerk, '/desk/seals', QINGSHAN);
  await clerk.getByRole('button', { name: '审核通过' }).click();
  await giveReason(clerk, '印模清晰，与登记信息一致', '审核通过');
  await expect(clerk.getByText('已提出，等待另一人复核')).toBeVisible();
  await leaveDesk(clerk);
  const reviewer = await enterDesk(browser, 'desk-reviewer');
  await decide(reviewer, { by: 'desk-reviewer', step: '核发印章' });
  await leaveDesk(reviewer);

  await page.goto(hub('/seals'));
  await expect(page.getByRole('listitem').getByText('有效', { exact: true })).toBeVisible();
  await expect(page.getByText('当前证书可用')).toBeVisible();
});

test('AST-008 the assistant makes a test signature, verifies it, and shows the seal of the key', async ({
  page,
}) => {
  plugIn('qingshan-1');
  await page.goto(assistant('/#seal'));
  await page.getByRole('button', { name: '开始检测' }).click();
  const frame = page.frameLocator('iframe[title="签章显示"]');
  await frame.getByLabel('CA锁密码').fill(key('qingshan-1').pin);
  await frame.getByRole('button', { name: '测试签名' }).click();
  await expect(page.getByRole('status').filter({ hasText: '签名有效' })).toBeVisible();
  const picture = page.getByRole('img', { name: QINGSHAN });
  await expect(picture).toBeVisible();
  expect((await picture.boundingBox())!.width).toBeGreaterThan(120);
  await expect(page.getByText('可以用本证书加盖')).toBeVisible();
});

test('SIGN-003 SIGN-005 SIGN-006 SIGN-007 SIGN-008 MSG-17 a letter is sealed in the browser: 单页签章, 确认签章, 签名有效, 完成签章, 下载', async ({
  page,
}, info) => {
  await openSession(page, 'qingshan-1');
  await page.goto(hub('/signing'));
  await page.getByLabel('要签章的文件').setInputFiles(LETTER);
  await page.getByRole('button', { name: '上传并打开' }).click();
  await expect(page.getByText('未签章').first()).toBeVisible();

  const seal = page.getByRole('button', { name: /页上的印章/ });
  const before = await seal.boundingBox();
  await seal.hover();
  await page.mouse.down();
  await page.mouse.move(before!.x - 60, before!.y - 120, { steps: 8 });
  await page.mouse.up();
  const after = await seal.boundingBox();
  expect(after!.y).toBeLessThan(before!.y - 60);
  await seal.focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.getByRole('button', { name: '确定', exact: true }).click();

  await signHere(page, key('qingshan-1').pin, '确认签章');
  await expect(page.getByText('签名有效')).toBeVisible();
  await page.getByRole('button', { name: '完成签章' }).click();
  await expect(page.getByText('已签章').first()).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('main').getByRole('link', { name: '下载', exact: true }).click();
  const file = info.outputPath('signed.pdf');
  await (await download).saveAs(file);
  signed = fs.readFileSync(file);
  expect(signed.subarray(0, 5).toString()).toBe('%PDF-');
});

test('SIGN-006 MSG-17 MSG-20 everybody verifies a sealed file; an altered one is not valid', async ({
  page,
}) => {
  await page.goto(hub('/verify'));
  const drop = page.getByLabel('要核验的文件');
  await drop.setInputFiles({ name: '授权书.pdf', mimeType: 'application/pdf', buffer: signed });
  await page.getByRole('button', { name: '验章' }).click();
  await expect(page.getByText('签名有效').first()).toBeVisible();
  await expect(page.getByText(QINGSHAN).first()).toBeVisible();
  await expect(page.getByRole('link', { name: /第1处签章/ }).first()).toBeVisible();

  await page.getByRole('button', { name: '再验一份' }).click();
  const altered = Buffer.from(signed);
  const at = altered.indexOf('stream') + 20;
  altered[at] = (altered[at] ?? 0) ^ 1;
  await drop.setInputFiles({ name: '改过.pdf', mimeType: 'application/pdf', buffer: altered });
  await page.getByRole('button', { name: '验章' }).click();
  await expect(page.getByText('签名无效').first()).toBeVisible();
});

test('SIGN-001 a file without a signature, and one that is no document, are told apart', async ({ page }) => {
  await page.goto(hub('/verify'));
  await page.getByLabel('要核验的文件').setInputFiles(LETTER);
  await page.getByRole('button', { name: '验章' }).click();
  await expect(page.getByText(/没有电子签名|未签名|没有签名/).first()).toBeVisible();
  await page.getByRole('button', { name: '再验一份' }).click();
  await page
    .getByLabel('要核验的文件')
    .setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('plain text') });
  await page.getByRole('button', { name: '验章' }).click();
  await expect(page.getByRole('button', { name: '再验一份' })).toHaveCount(0);
});

test('SIGN-005 only the certificate of the login may seal', async ({ page }) => {
  await openSession(page, 'qingshan-1');
  await page.goto(hub('/signing'));
  await page.getByLabel('要签章的文件').setInputFiles(LETTER);
  await page.getByRole('button', { name: '上传并打开' }).click();
  await page.getByRole('button', { name: '确定', exact: true }).click();
  plugIn('kangba-agency');
  await expect(page.getByText('不是本次登录的证书')).toBeVisible();
});
