import { expect, test } from '@playwright/test';
import { hub, key, plugIn } from './support/demo.ts';
import { enterPin, logIn, openSession } from './support/walk.ts';

test.describe.configure({ mode: 'serial' });

test('HUB-080 HUB-081 HUB-083 MSG-19 a secondary key is added while the primary is unplugged', async ({
  page,
}) => {
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

test('HUB-087 identity types are added later and saved', async ({ page }) => {
  await openSession(page, 'qingshan-1');
  await page.goto(hub('/profile'));
  await page.getByRole('button', { name: '修改信息' }).click();
  await page.getByLabel('招标人').check();
  await page.getByRole('button', { name: '保存信息' }).click();
  await expect(page.getByText('信息已保存')).toBeVisible();
  await page.reload();
  await expect(page.getByText(/^(招标人、投标人|投标人、招标人)$/)).toBeVisible();
});

test('HUB-085 HUB-088 a deleted secondary key can no longer log in', async ({ page }) => {
  await openSession(page, 'qingshan-1');
  await page.goto(hub('/profile'));
  await page.getByRole('button', { name: '修改信息' }).click();
  await page.getByRole('button', { name: /^删除/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
  await expect(page.getByText('已删除副锁')).toBeVisible();
  await logIn(page, 'qingshan-2');
  await expect(page.getByText('该CA锁尚未绑定，请返回CA互认系统首页，进行绑定操作！')).toBeVisible();
});
