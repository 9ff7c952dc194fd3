import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { type Download, expect, test } from '@playwright/test';
import { assistant, dataFile, hohhot, hub, key, plugIn } from './support/demo.ts';
import { fillBinding, openSession, readCertificate, signHere } from './support/walk.ts';

type Offered = { readonly id: string; readonly name: string; readonly url: string; readonly sha256: string };

async function sha256Of(download: Download): Promise<string> {
  return createHash('sha256')
    .update(fs.readFileSync(await download.path()))
    .digest('hex');
}

test.describe('ways in', () => {
  test('HUB-003 AST-009 「登录系统」 of the assistant opens the hub', async ({ page }) => {
    await page.goto(assistant());
    const opened = page.waitForEvent('popup');
    await page.getByRole('link', { name: '登录系统' }).click();
    const home = await opened;
    await expect(home.getByRole('heading', { level: 1 })).toHaveText(
      '内蒙古自治区公共资源交易平台CA互认系统',
    );
    expect(new URL(home.url()).origin).toBe(new URL(hub()).origin);
  });

  test('HUB-004 every public page opens by its address alone', async ({ page }) => {
    for (const [path, title] of [
      ['/entry', '交易主体'],
      ['/bind', '企业主体证书绑定'],
      ['/unbind', 'CA证书解绑'],
      ['/downloads', '互通驱动下载'],
      ['/help', '常见问题'],
      ['/support', '联系电话'],
    ] as const) {
      await page.goto(hub(path));
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    }
  });

  test('HUB-005 HUB-006 HUB-007 「绑定/登录」 stands at the top right; 「互通驱动下载」 beside the ways in of 「交易主体」', async ({
    page,
  }) => {
    await page.goto(hub('/'));
    const enter = page.getByRole('banner').getByRole('link', { name: '绑定/登录' });
    const box = await enter.boundingBox();
    expect(box!.x + box!.width / 2).toBeGreaterThan(1440 / 2);
    expect(box!.y).toBeLessThan(100);
    await enter.click();
    await expect(page.getByRole('heading', { level: 1, name: '交易主体' })).toBeVisible();
    const bind = page.getByRole('main').getByRole('link', { name: /企业绑定/ });
    await expect(bind).toBeVisible();
    await expect(page.getByRole('main').getByRole('link', { name: /企业登录/ })).toBeVisible();
    const driver = page.getByRole('main').getByRole('link', { name: /互通驱动下载/ });
    expect((await driver.boundingBox())!.x).toBeGreaterThan((await bind.boundingBox())!.x);
  });

  test('HUB-007 HUB-102 AST-001 AST-005 what is offered is really delivered, with the checksum that is shown', async ({
    page,
  }) => {
    const offered: readonly Offered[] = await (await page.request.get(hub('/api/v1/downloads'))).json();
    expect(offered.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['assistant', 'letter-of-authorisation']),
    );
    await page.goto(hub('/entry'));
    await page
      .getByRole('main')
      .getByRole('link', { name: /互通驱动下载/ })
      .click();
    for (const { name, sha256 } of offered) {
      const card = page.getByRole('article').filter({ hasText: name });
      await expect(card.getByText(sha256)).toBeVisible();
      const download = page.waitForEvent('download');
      await card.getByRole('link', { name: '下载' }).click();
      expect(await sha256Of(await download)).toBe(sha256);
    }
    await expect(page.getByText('一套驱动识别全区各家CA锁').first()).toBeVisible();
  });

  test('MOB-001 下载标证通: from the code that waits for a scan to the app itself, which needs no store', async ({
    page,
  }) => {
    await page.goto(hub('/login'));
    await page.getByLabel('标证通扫码').check();
    await page.getByRole('link', { name: '下载标证通' }).click();
    await expect(page).toHaveURL(/\/downloads#phone$/);
    await expect(page.getByRole('img', { name: '二维码：用手机打开标证通' })).toBeVisible();
    const app = page.getByRole('link', { name: '在本机打开' });
    await expect(app).toHaveAttribute('href', hub('/phone/'));
    await page.goto(hub('/phone/'));
    await expect(page.getByLabel('手机号')).toBeVisible();
    const manifest = await page.locator('link[rel="manifest"]').getAttribute('href');
    const { name, display } = await (await page.request.get(new URL(manifest!, page.url()).href)).json();
    expect({ name, display }).toMatchObject({
      name: expect.stringContaining('标证通'),
      display: 'standalone',
    });
  });

  test('GEN-008 the hotline stands on hub and platform pages', async ({ page }) => {
    for (const path of ['/', '/bind', '/unbind', '/help']) {
      await page.goto(hub(path));
      await expect(page.getByRole('contentinfo').getByRole('link', { name: '400-998-0000' })).toBeVisible();
    }
    await page.goto(hohhot('/'));
    await expect(page.getByText('400-998-0000').first()).toBeVisible();
  });
});

test.describe('the binding form', () => {
  test('HUB-020 HUB-021 HUB-033 MSG-10 what the certificate says is shown and cannot be typed over', async ({
    page,
  }) => {
    plugIn('kangba-agency');
    await page.goto(hub('/entry'));
    await page
      .getByRole('main')
      .getByRole('link', { name: /企业绑定/ })
      .click();
    await expect(page.getByRole('heading', { level: 1, name: '企业主体证书绑定' })).toBeVisible();
    await expect(page.getByText('企业名称如发生变更，请先前往盟市交易中心申请主体信息变更。')).toBeVisible();
    await readCertificate(page);
    await page.getByRole('button', { name: '使用这张证书' }).click();
    const card = page.getByRole('article', { name: '数字证书' });
    await expect(card.getByText('鄂尔多斯市康巴招标代理有限公司')).toBeVisible();
    for (const label of [
      '统一社会信用代码',
      '证书颁发机构',
      '证书Key号',
      '介质硬件号',
      '证书序列号',
      '有效期',
    ]) {
      await expect(card.getByText(label, { exact: true })).toBeVisible();
    }
    await expect(card.getByRole('textbox')).toHaveCount(0);
    const uscc = page.getByLabel('统一社会信用代码');
    await expect(uscc).toHaveValue('91150602MA0Q8C63XF');
    await expect(uscc).not.toBeEditable();
  });

  test('HUB-023 HUB-024 HUB-025 HUB-026 HUB-027 each required field complains by itself', async ({
    page,
  }) => {
    plugIn('kangba-agency');
    await page.goto(hub('/bind'));
    await readCertificate(page);
    await page.getByRole('button', { name: '使用这张证书' }).click();
    const send = page.getByRole('button', { name: '确认申请' });
    const summary = page.getByRole('alert');
    await send.click();
    await expect(summary.getByText('有5项需要修改')).toBeVisible();
    for (const label of ['注册地市', '法人代表', '联系电话', '单位地址', '主体类型']) {
      await expect(summary.getByText(`${label}: 此项必填`)).toBeVisible();
    }
    await expect(page.locator('iframe[title="CA锁密码"]')).toHaveCount(0);

    await page.getByLabel('注册地市').selectOption({ label: '鄂尔多斯市' });
    await page.getByLabel('法人代表').fill('敖登');
    await page.getByLabel('联系电话').fill('12345');
    await page.getByLabel('单位地址').fill('康巴什区鄂尔多斯大街1号');
    await page.getByLabel('招标代理').check();
    await send.click();
    await expect(summary.getByText('有1项需要修改')).toBeVisible();
    await expect(summary.getByText('请填写11位手机号，或“区号-号码”')).toBeVisible();
    await page.getByLabel('联系电话').fill('0477-8588888');
    await page.getByLabel('招标代理').uncheck();
    await send.click();
    await expect(summary.getByText('主体类型: 此项必填')).toBeVisible();
    await page.getByLabel('招标代理').check();
    await page.getByLabel('投标人').check();
    await send.click();
    await expect(page.locator('iframe[title="CA锁密码"]')).toBeVisible();
  });

  test('HUB-023 the region’s cities are offered, all thirteen', async ({ page }) => {
    plugIn('kangba-agency');
    await page.goto(hub('/bind'));
    await readCertificate(page);
    await page.getByRole('button', { name: '使用这张证书' }).click();
    const options = page.getByLabel('注册地市').locator('option:not([value=""])');
    await expect(options).toHaveCount(13);
    await expect(options.filter({ hasText: '二连浩特市' })).toHaveCount(1);
  });

  test('HUB-029 HUB-034 MSG-05 a certificate that is bound is told so, and nothing is asked again', async ({
    page,
  }) => {
    plugIn('qingshan-1');
    await page.goto(hub('/bind'));
    await readCertificate(page);
    await page.getByRole('button', { name: '使用这张证书' }).click();
    await expect(page.getByRole('alert').getByText('已绑定', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: '确认申请' })).toHaveCount(0);
    await page.getByRole('main').getByRole('link', { name: '企业登录' }).click();
    await signHere(page, key('qingshan-1').pin, '立即登录');
    await expect(page.getByRole('heading', { name: '证书基本信息' })).toBeVisible();
  });

  test('MSG-03 HUB-030 the field of a code that is taken says so in short, and the way on is shown', async ({
    page,
  }) => {
    await fillBinding(page, 'qingshan-2');
    await signHere(page, key('qingshan-2').pin, '确认申请');
    await expect(page.getByText('“统一社会信用代码”重复')).toBeVisible();
    await expect(page.getByText(/在“02证书绑定”中点击“读取证书”/)).toBeVisible();
  });

  test('MSG-13 reading without a certificate on any key says what to do', async ({ page }) => {
    plugIn();
    await page.goto(assistant('/#check'));
    await expect(
      page.getByText('请插入CA锁，确保CA数字证书已和电脑相连，并已正确安装对应的驱动程序'),
    ).toBeVisible();
  });
});

test.describe('after the login', () => {
  test.beforeEach(async ({ page }) => {
    await openSession(page, 'qingshan-1');
  });

  test('HUB-032 HUB-052 GEN-001 the page shows the certificate, read-only, as the primary, under one code', async ({
    page,
  }) => {
    const card = page.getByRole('article', { name: '数字证书' });
    await expect(card.getByText(/企业锁 · 主锁/)).toBeVisible();
    await expect(card.getByText('内蒙古青山建设工程有限公司')).toBeVisible();
    await expect(card.getByText('91150102MA0N7A2144')).toBeVisible();
    await expect(card.getByText('草原CA（演示）')).toBeVisible();
    for (const label of ['证书Key号', '证书序列号', '有效期']) {
      await expect(card.getByText(label, { exact: true })).toBeVisible();
    }
    await expect(page.getByRole('main').getByRole('textbox')).toHaveCount(0);
    await page.getByRole('link', { name: '进入授权' }).click();
    await expect(page.getByRole('heading', { level: 1, name: '盟市交易平台' })).toBeVisible();
    await page.goto(hub('/profile'));
    await expect(page.getByText('91150102MA0N7A2144').first()).toBeVisible();
    await page.goto(hohhot('/login/hub'));
    await page.getByRole('button', { name: '确认授权' }).click();
    await page.getByRole('button', { name: '确认登录' }).click();
    await page.waitForURL(hohhot('/'));
    await expect(page.getByText('91150102MA0N7A2144').first()).toBeVisible();
  });

  test('HUB-010 HUB-011 HUB-060 HUB-061 the chooser groups every target; one that has not joined cannot be chosen', async ({
    page,
  }) => {
    await page.getByRole('link', { name: '进入授权' }).click();
    for (const group of ['区中心', '西部盟市', '东部盟市', '主体信息库']) {
      await expect(page.getByRole('group', { name: group })).toBeVisible();
    }
    const library = page.getByRole('group', { name: '主体信息库' });
    await expect(library.getByText('自治区公共资源交易主体信息库')).toBeVisible();
    const targets: readonly { readonly code: string; readonly group: string; readonly reachable: boolean }[] =
      await (await page.request.get(hub('/api/v1/hub/targets'))).json();
    await expect(page.getByRole('radio')).toHaveCount(targets.length);
    const baotou = page.getByRole('radio', { name: /包头市公共资源交易平台/ });
    await expect(baotou).toBeDisabled();
    await expect(page.locator('label', { has: baotou }).getByText('未加入')).toBeVisible();
    const hint = '投标人所在盟市交易中心是否可使用CA互认驱动，请咨询中心相关业务科室。';
    await expect(page.getByText(hint)).toBeVisible();
    await expect(baotou).toHaveAccessibleDescription(hint);
  });

  test('GEN-012 bound keys show their state; 「删除」 asks first, and leaving the dialog changes nothing', async ({
    page,
  }) => {
    await page.goto(hub('/profile'));
    await page.getByRole('button', { name: '修改信息' }).click();
    plugIn('qingshan-2');
    await page.getByRole('button', { name: '读取证书' }).first().click();
    await page.getByRole('button', { name: '使用这张证书' }).click();
    await page.getByRole('button', { name: '激活' }).first().click();
    await signHere(page, key('qingshan-2').pin, '激活');
    await expect(page.getByText('副锁已激活')).toBeVisible();
    const rows = page.getByRole('listitem').filter({ hasText: '绑定时间' });
    await expect(rows).toHaveCount(2);
    for (const role of ['主锁', '副锁']) {
      await expect(rows.filter({ hasText: role }).getByText('有效', { exact: true })).toBeVisible();
    }
    await page.getByRole('button', { name: /^删除/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    await page.reload();
    await expect(rows).toHaveCount(2);
    await page.getByRole('button', { name: /^删除/ }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(rows).toHaveCount(2);
    await page.getByRole('button', { name: /^删除/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
    await expect(page.getByText('已删除副锁')).toBeVisible();
    await expect(rows).toHaveCount(1);
  });
});

test.describe('help', () => {
  test('HUB-110 HUB-123 the manual’s questions are there, can be searched, and lead to each other', async ({
    page,
  }) => {
    await page.goto(hub('/help'));
    await expect(page.getByText('16条')).toBeVisible();
    await page.getByRole('searchbox', { name: '搜索问题' }).fill('诚信库');
    const answer = page.getByText(
      /1、前往各盟市交易平台，修改“诚信库信息”并提交审核通过；2、前往CA机构办理网点/,
    );
    await expect(answer).toBeVisible();
    await page.getByRole('searchbox', { name: '搜索问题' }).fill('不存在的问题甲乙丙');
    await expect(page.getByText('没有相关的问题，换一个词试试')).toBeVisible();
    await page.goto(hub('/help#faq-15'));
    await page.getByRole('link', { name: '第9条' }).click();
    await expect(page.locator('details#faq-9')).toHaveAttribute('open', '');
    await expect(page.locator('details#faq-9')).toBeInViewport();
    await page.goto(hub('/help#faq-11'));
    const download = page.waitForEvent('download');
    await page.locator('details#faq-11').getByRole('link', { name: /模板/ }).click();
    expect((await download).suggestedFilename()).toBe('法人授权委托书模板.pdf');
  });

  test('HUB-120 HUB-121 HUB-122 the directory names platforms and CAs with phone and standing', async ({
    page,
  }) => {
    await page.goto(hub('/support'));
    await expect(page.getByText('请联系当地交易平台的技术支持').first()).toBeVisible();
    for (const [name, phone] of [
      ['房建市政', '13134715937'],
      ['铁路、水利', '4009280095'],
      ['政采交易平台', '0471-6946883'],
      ['土地使用权与矿业权出让', '0471-6945640'],
      ['CA互认系统', '4009980000'],
      ['巴彦淖尔', '0478-8926705'],
      ['通辽', '0475-8910888'],
      ['乌海', '0471-2999726'],
      ['阿拉善', '0483-8345573'],
      ['包头市政府采购网', '0755-86564533'],
    ] as const) {
      const row = page.getByRole('row').filter({ hasText: name });
      await expect(row.filter({ hasText: phone }).first()).toBeVisible();
    }
    await expect(page.getByText('336486472')).toBeVisible();
    await expect(page.getByRole('heading', { name: '自治区各CA、签章厂商联系方式' })).toBeVisible();
    const foreign = page.getByRole('listitem').filter({ hasText: '外省CA（演示，未加入互认）' });
    await expect(foreign.getByText('未加入', { exact: true })).toBeVisible();
    const grassland = page.getByRole('listitem').filter({ hasText: '草原CA（演示）' });
    await expect(grassland.getByText('已加入', { exact: true })).toBeVisible();
    await expect(grassland.getByRole('link', { name: '0471-5550101' })).toBeVisible();
  });
});

test.describe('the assistant’s own page', () => {
  test('AST-006 one check looks at everything, and repairs what it can', async ({ page }) => {
    plugIn('qingshan-1');
    await page.goto(assistant('/#check'));
    const item = (name: string) => page.getByRole('listitem').filter({ hasText: name });
    for (const name of [
      '助手服务',
      '数据文件夹',
      '软证书文件',
      '残留锁文件',
      'CA锁驱动',
      'CA互认系统',
      '系统时间',
    ]) {
      await expect(item(name).first()).toBeVisible();
    }
    const lock = dataFile('keybridge', 'tokens', 'left-behind.lock');
    fs.writeFileSync(lock, '');
    fs.utimesSync(lock, new Date(0), new Date(0));
    await page.getByRole('button', { name: '重新检测' }).click();
    await expect(item('残留锁文件').getByText('发现 1 个')).toBeVisible();
    await item('残留锁文件').getByRole('button', { name: '修复' }).click();
    await expect(item('残留锁文件').getByText('没有。')).toBeVisible();
    expect(fs.existsSync(lock)).toBe(false);
  });

  test('AST-007 AST-010 the certificate of the key is shown; without one, the three steps in order', async ({
    page,
  }) => {
    plugIn('qingshan-1');
    await page.goto(assistant('/#certificates'));
    const card = page.getByRole('article').filter({ hasText: '内蒙古青山建设工程有限公司' }).first();
    for (const label of ['证书序列号', '介质硬件号', '有效期起', '有效期止', '颁发机构']) {
      await expect(card.getByText(label, { exact: true })).toBeVisible();
    }
    plugIn();
    await expect(page.getByText('没有显示证书？请依次尝试')).toBeVisible();
    await expect(page.locator('ol > li')).toHaveText([
      '重新安装驱动（互通驱动）',
      '更换其它电脑安装驱动',
      '就近联系CA办理机构，确认CA锁是否存在问题',
    ]);
  });

  test('AST-011 cached copies are removed after a question; what is on the key stays', async ({ page }) => {
    plugIn('qingshan-1');
    await page.goto(assistant('/#certificates'));
    await expect(page.getByRole('article').first()).toBeVisible();
    await page.goto(assistant('/#clean'));
    await expect(page.getByText(/当前保存了 \d+ 张证书副本/)).toBeVisible();
    const clear = page.getByRole('button', { name: '清理证书' });
    await clear.click();
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    await expect(page.getByText(/当前保存了 \d+ 张证书副本/)).toBeVisible();
    await clear.click();
    await page.getByRole('dialog').getByRole('button', { name: '清理证书' }).click();
    await expect(page.getByText(/已移除 \d+ 张证书副本/)).toBeVisible();
    await expect(page.getByText('本机没有保存证书副本。')).toBeVisible();
    await page.goto(assistant('/#certificates'));
    await expect(
      page.getByRole('article').filter({ hasText: '内蒙古青山建设工程有限公司' }).first(),
    ).toBeVisible();
  });

  test('AST-012 AST-013 help is at hand and online; the version is compared with the hub’s', async ({
    page,
  }) => {
    await page.goto(assistant('/#help'));
    await expect(page.getByRole('heading', { level: 1, name: '标桥知道' })).toBeVisible();
    await page.getByText('CA锁密码忘记了').click();
    await expect(page.getByText(/请联系签发该证书的CA机构/)).toBeVisible();
    const opened = page.waitForEvent('popup');
    await page.getByRole('link', { name: '在CA互认系统查看更多' }).click();
    await expect((await opened).getByRole('heading', { level: 1, name: '常见问题' })).toBeVisible();

    await page.goto(assistant('/#upgrade'));
    const offered: readonly { readonly id: string; readonly version: string }[] = await (
      await page.request.get(hub('/api/v1/downloads'))
    ).json();
    const version = offered.find(({ id }) => id === 'assistant')?.version;
    await expect(page.getByText(version!, { exact: true })).toBeVisible();
    await expect(page.getByText('已是最新版本。')).toBeVisible();
  });
});
