import { expect, test } from '@playwright/test';
import { hohhot, hub, key, plugIn, ulanqab } from './support/demo.ts';
import { allowSite, bind, enterPin, logIn, openSession } from './support/walk.ts';

test.describe.configure({ mode: 'serial' });

test('HUB-001 HUB-028 HUB-063 PLAT-002 MSG-04 a newcomer binds a key, logs in, authorises a platform and lands there', async ({
  page,
}) => {
  await page.goto(hub('/'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('内蒙古自治区公共资源交易平台CA互认系统');
  await page.getByRole('link', { name: '绑定/登录' }).click();
  await expect(page.getByRole('heading', { name: '交易主体' })).toBeVisible();
  await expect(page.getByRole('link', { name: /互通驱动下载/ }).first()).toBeVisible();

  await bind(page, 'qingshan-1');
  await expect(page.getByText('绑定成功')).toBeVisible();

  await logIn(page, 'qingshan-1');
  await expect(page.getByRole('heading', { name: '证书基本信息' })).toBeVisible();
  await expect(page.getByText('内蒙古青山建设工程有限公司').first()).toBeVisible();
  await page.getByRole('link', { name: '进入授权' }).click();

  await expect(page.getByRole('heading', { name: '盟市交易平台' })).toBeVisible();
  await page.getByRole('radio', { name: /呼和浩特/ }).check();
  await page.getByRole('button', { name: '确认授权' }).click();
  await expect(page.getByRole('heading', { name: '第三方交易平台信息确认' })).toBeVisible();
  await expect(page.getByText('91150102MA0N7A2144').first()).toBeVisible();
  await page.getByRole('button', { name: '确认登录' }).click();

  await page.waitForURL(hohhot('/'));
  await expect(page.getByRole('heading', { name: '您已登录' })).toBeVisible();
  await expect(page.getByText('内蒙古青山建设工程有限公司')).toBeVisible();
  await expect(page.getByText('主锁')).toBeVisible();
});

test('HUB-058 HUB-064 a second platform costs no second PIN, and always both confirmations', async ({
  page,
}) => {
  await logIn(page, 'qingshan-1');
  await page.getByRole('link', { name: '进入授权' }).click();
  await page.getByRole('radio', { name: /呼和浩特/ }).check();
  await page.getByRole('button', { name: '确认授权' }).click();
  await page.getByRole('button', { name: '确认登录' }).click();
  await page.waitForURL(hohhot('/'));

  await page.goto(ulanqab('/'));
  await page.getByRole('link', { name: 'CA互认平台' }).click();
  await expect(page.getByRole('button', { name: '确认授权' })).toBeVisible();
  await page.getByRole('button', { name: '确认授权' }).click();
  await page.getByRole('button', { name: '确认登录' }).click();
  await page.waitForURL(ulanqab('/'));
  await expect(page.getByRole('heading', { name: '您已登录' })).toBeVisible();
});

test('HUB-002 PLAT-001 a login begun at a platform asks for the PIN, then for both confirmations', async ({
  page,
}) => {
  plugIn('qingshan-1');
  await page.goto(hohhot('/'));
  await page.getByRole('link', { name: 'CA互认平台' }).click();
  await page.waitForURL(/\/interaction\//);
  await allowSite(page);
  await enterPin(page, key('qingshan-1').pin, '立即登录');
  await expect(page.getByRole('heading', { name: '证书基本信息' })).toBeVisible();
  await page.getByText('进入授权', { exact: true }).click();
  await page.getByRole('button', { name: '确认授权' }).click();
  await page.getByRole('button', { name: '确认登录' }).click();
  await page.waitForURL(hohhot('/'));
  await expect(page.getByRole('heading', { name: '您已登录' })).toBeVisible();
});

test('PLAT-003 HUB-065 OD-11 MSG-25 after that, the same key logs in at the platform directly; another is pointed to the hub', async ({
  page,
}) => {
  plugIn('qingshan-1');
  await page.goto(hohhot('/login/direct'));
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: '允许使用证书助手' }).click();
  await (await opened).getByRole('button', { name: '允许', exact: true }).click();
  await page.getByRole('button', { name: /青山建设/ }).click();
  await enterPin(page, key('qingshan-1').pin, '立即登录');
  await expect(page.getByText('本平台直接登录')).toBeVisible();

  await page.getByRole('button', { name: '退出登录' }).click();
  plugIn('kangba-agency');
  await page.goto(hohhot('/login/direct'));
  await page.getByRole('button', { name: /康巴招标代理/ }).click();
  await enterPin(page, key('kangba-agency').pin, '立即登录');
  await expect(page.getByText('该主体尚未激活，请通过CA互认系统授权登录')).toBeVisible();
});

test('HUB-014 PLAT-020 PLAT-021 filing at one platform is reviewed there and says nothing about another', async ({
  page,
}) => {
  await openSession(page, 'qingshan-1');
  await page.goto(ulanqab('/login/hub'));
  await page.getByRole('button', { name: '确认授权' }).click();
  await page.getByRole('button', { name: '确认登录' }).click();
  await page.waitForURL(ulanqab('/'));
  await expect(page.getByText('已激活，尚未备案')).toBeVisible();
  await page.getByLabel('联系人').fill('乌兰');
  await page.getByLabel('联系电话').fill('13847100000');
  await page.getByLabel('主营业务').fill('房屋建筑');
  await page.getByRole('button', { name: '提交审核' }).click();
  await expect(page.getByText('备案审核中')).toBeVisible();

  await page.goto(ulanqab('/review'));
  await page.getByLabel('审核人员口令').fill('wrong-password');
  await page.getByRole('button', { name: '进入' }).click();
  await expect(page.getByText('口令不正确')).toBeVisible();
  await page.getByLabel('审核人员口令').fill('shenhe-2026');
  await page.getByRole('button', { name: '进入' }).click();
  await page.getByRole('button', { name: '通过' }).click();
  await expect(page.getByText('没有待审核的备案')).toBeVisible();

  await page.goto(ulanqab('/'));
  await expect(page.getByText('备案已通过')).toBeVisible();
  await page.goto(hohhot('/login/hub'));
  await page.getByRole('button', { name: '确认授权' }).click();
  await page.getByRole('button', { name: '确认登录' }).click();
  await page.waitForURL(hohhot('/'));
  await expect(page.getByText('尚未同步')).toBeVisible();
});

test('OD-07 logging out of the hub ends the sessions at the platforms', async ({ page }) => {
  await openSession(page, 'qingshan-1');
  await page.goto(hohhot('/login/hub'));
  await page.getByRole('button', { name: '确认授权' }).click();
  await page.getByRole('button', { name: '确认登录' }).click();
  await page.waitForURL(hohhot('/'));
  await page.goto(hub('/session'));
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect
    .poll(async () => {
      await page.goto(hohhot('/'));
      return page.getByRole('link', { name: 'CA互认平台' }).isVisible();
    })
    .toBe(true);
});
