import { expect, test } from '@playwright/test';
import { assistant, hub, plugIn } from './support/demo.ts';
import { bind, logIn, readCertificate } from './support/walk.ts';

test.describe('HUB-012 HUB-015 HUB-053 HUB-054 MSG-01 MSG-07 MSG-08 MSG-22 bad keys are refused, each with its own cause', () => {
  const LOGIN: readonly [string, string, readonly (string | RegExp)[]][] = [
    [
      'HUB-054 MSG-07 a revoked key',
      'xilin-revoked',
      ['该证书已被吊销，请联系CA签发机构', /已吊销/, /0471-5550101/],
    ],
    ['HUB-054 MSG-07 an expired key', 'xilin-expired', ['该证书已被吊销，请联系CA签发机构', /已过期/]],
    [
      'HUB-054 MSG-07 a key that was reported lost',
      'xilin-lost',
      ['该证书已被吊销，请联系CA签发机构', /已挂失/],
    ],
    ['a key that is not valid yet', 'xilin-future', ['该证书尚未生效']],
    [
      'HUB-012 MSG-22 a key of a CA that has not joined',
      'outside',
      ['该CA数字证书不在本区CA互认范围内，请使用自治区内已加入全区CA互认的CA数字证书'],
    ],
    [
      'HUB-015 MSG-08 a legal representative’s key',
      'qingshan-legal',
      ['法人锁不支持跨平台投标，请使用企业锁进行相关交易活动。'],
    ],
    [
      'HUB-053 MSG-01 a key that is not bound',
      'kangba-agency',
      ['该CA锁尚未绑定，请返回CA互认系统首页，进行绑定操作！'],
    ],
  ];
  for (const [name, id, texts] of LOGIN) {
    test(name, async ({ page }) => {
      await logIn(page, id);
      for (const text of texts) await expect(page.getByText(text).first()).toBeVisible();
    });
  }

  test('HUB-031 MSG-09 a legal representative’s key cannot be bound', async ({ page }) => {
    plugIn('qingshan-legal');
    await page.goto(hub('/bind'));
    await readCertificate(page);
    await page.getByRole('button', { name: '使用这张证书' }).click();
    await expect(
      page.getByRole('alert').getByText('请使用“企业锁”绑定，请勿使用“法人锁”绑定。'),
    ).toBeVisible();
  });

  test('HUB-041 MSG-11 an individual certificate cannot be bound', async ({ page }) => {
    plugIn('qingshan-person');
    await page.goto(hub('/bind'));
    await readCertificate(page);
    await page.getByRole('button', { name: '使用这张证书' }).click();
    await expect(
      page.getByRole('alert').getByText('请使用“企业证书”绑定，请勿使用“个人证书”进行绑定。'),
    ).toBeVisible();
  });
});

test('HUB-057 OD-38 a wrong PIN is counted by the key; nothing is sent', async ({ page }) => {
  await logIn(page, 'kunhe-slow', '999999');
  const frame = page.frameLocator('iframe[title="CA锁密码"]');
  await expect(frame.getByText(/还可尝试\s*9\s*次|剩余\s*9\s*次|9次/).first()).toBeVisible();
});

test('HUB-055 MSG-14 AST-017 without a key the page says what to do, and goes on when one is plugged in', async ({
  page,
}) => {
  plugIn();
  await page.goto(hub('/login'));
  const gate = page.getByRole('button', { name: '允许本网站使用CA锁' });
  const none = page.getByText('请确认插入CA锁并安装驱动');
  await expect(gate.or(none).first()).toBeVisible();
  if (await gate.isVisible()) {
    const opened = page.waitForEvent('popup');
    await gate.click();
    await (await opened).getByRole('button', { name: '允许', exact: true }).click();
  }
  await expect(none).toBeVisible();
  plugIn('kunhe-slow');
  await expect(page.locator('iframe[title="CA锁密码"]')).toBeVisible();
});

test('HUB-055 MSG-14 AST-017 AST-018 without the assistant the page says what to install, and goes on once it runs', async ({
  page,
}) => {
  plugIn('kunhe-slow');
  const down = assistant('/**');
  await page.route(down, (route) => route.abort('connectionrefused'));
  await page.goto(hub('/login'));
  await expect(page.getByText(/请确认插入CA锁并安装驱动/)).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: '互通驱动下载' })).toBeVisible();
  await page.unroute(down);
  const gate = page.getByRole('button', { name: '允许本网站使用CA锁' });
  await expect(gate.or(page.locator('iframe[title="CA锁密码"]'))).toBeVisible();
});

test('HUB-056 a slow CA is waited for, by name and with seconds', async ({ page }) => {
  await bind(page, 'kunhe-slow');
  await expect(page.getByText('绑定成功')).toBeVisible({ timeout: 30_000 });
  await logIn(page, 'kunhe-slow');
  await expect(page.getByText(/正在等待白松CA.*答复，已等\d+秒/)).toBeVisible();
  await expect(page.getByRole('heading', { name: '证书基本信息' })).toBeVisible({ timeout: 30_000 });
});

test('HUB-030 MSG-02 a second key of a bound enterprise is pointed to the primary', async ({ page }) => {
  await bind(page, 'qingshan-2');
  await expect(
    page.getByText('您录入的统一社会信用代码已在系统中，表明贵公司已有CA数字证书在系统中绑定').first(),
  ).toBeVisible();
});
