import { expect, test } from '@playwright/test';
import { key, plugIn } from './support/demo.ts';
import { enterPin, logIn } from './support/walk.ts';

test.describe.configure({ mode: 'serial' });

test('HUB-080 HUB-081 HUB-083 a secondary key is added while the primary is unplugged', async ({ page }) => {
  await logIn(page, 'qingshan-1');
  await page.getByRole('link', { name: '个人信息登录' }).click();
  await page.getByRole('button', { name: '修改信息' }).click();
  await expect(page.getByText('绑定副锁时要求，主锁与副锁单位名称一致，否则绑定失败。')).toBeVisible();
  plugIn('qingshan-2');
  await page.getByRole('button', { name: '读取证书' }).first().click();
  await page.getByRole('button', { name: '使用这张证书' }).click();
  await expect(page.getByText('介质硬件号').first()).toBeVisible();
  await expect(page.getByText('证书Key号').first()).toBeVisible();
  await page.getByRole('button', { name: '激活' }).first().click();
  await enterPin(page, key('qingshan-2').pin, '激活');
  await expect(page.getByText('副锁已激活')).toBeVisible();
});

test('HUB-058 HUB-082 MSG-26 the secondary key logs in and looks, but cannot change anything', async ({
  page,
}) => {
  await logIn(page, 'qingshan-2');
  await page.getByRole('link', { name: '个人信息登录' }).click();
  await expect(page.getByText('当前锁不是主锁，仅可查看；如需维护信息请使用主锁登录')).toBeVisible();
  await expect(page.getByRole('button', { name: '修改信息' })).toHaveCount(0);
});
