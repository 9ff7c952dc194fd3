import { rmSync, writeFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pair, SITE, type TestBridge, testBridge } from '../support/bridge.ts';
import { axe, launch } from '../support/chromium.ts';
import { insertToken, PIN, testKey, UNIT } from '../support/tokens.ts';
import { builtPages } from '../support/web.ts';

let webDir: string;
let browser: Browser;
let running: TestBridge;
let page: Page;
let faults: string[];

beforeAll(async () => {
  [webDir, browser] = await Promise.all([builtPages(), launch()]);
});
afterAll(async () => {
  await browser.close();
  rmSync(webDir, { recursive: true });
});
beforeEach(async () => {
  running = await testBridge({ webDir });
  page = await browser.newPage({ locale: 'zh-CN' });
  faults = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
});
afterEach(async () => {
  await page.close();
  await running.close();
});

const VIEWS = ['check', 'certificates', 'seal', 'tokens', 'clean', 'sites', 'upgrade', 'help'] as const;

const open = async (view: (typeof VIEWS)[number]): Promise<void> => {
  await page.goto(`http://127.0.0.1:${running.port}/#${view}`);
  await page.locator('main h1').waitFor();
  await page.getByText('正在读取').first().waitFor({ state: 'hidden' });
};

describe('AST-006 … AST-013 the own page', () => {
  test('has the functions under the names of the manual, complete in English, without policy violations', async () => {
    await open('help');
    const names = ['一键检测', '证书显示', '签章显示', '登录系统', '清理证书', '标桥知道', '软件升级'];
    for (const name of names) expect(await page.getByRole('link', { name }).count()).toBe(1);
    expect(await page.getByRole('link', { name: '登录系统' }).getAttribute('href')).toBe(running.bridge.hub);
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.locator('main h1').textContent()).toBe('Help');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('nav').textContent()).not.toMatch(/\p{Script=Han}/u);
    expect(faults).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('axe finds nothing on any view, %s theme', async (colorScheme) => {
    await insertToken(running.bridge, await testKey());
    await pair(running.port);
    await page.emulateMedia({ colorScheme });
    for (const view of VIEWS) {
      await open(view);
      expect(await axe(page), view).toEqual([]);
    }
  });

  test('AST-006 checks each item, and repairs what it can', async () => {
    const { folder } = running.bridge.softTokens;
    writeFileSync(`${folder.path}/broken.hufutoken`, 'not a token');
    await open('check');
    const row = page.locator('.checks li', { hasText: '软证书文件' });
    await row.getByText('1 个文件已损坏').waitFor();
    await row.getByRole('button', { name: '修复' }).click();
    await row.getByText('全部可以读取').waitFor();
    expect(await folder.damaged()).toEqual([]);
    expect(await page.locator('.checks li', { hasText: 'CA互认系统' }).first().textContent()).toContain(
      '无法访问',
    );
    expect(await page.locator('.checks li', { hasText: '本地网络' }).textContent()).toContain('请选择允许');
  });

  test('AST-007 shows the certificate card, AST-010 the three steps once the key is gone', async () => {
    const { tokenId } = await insertToken(running.bridge, await testKey());
    await open('certificates');
    await page.getByRole('heading', { name: UNIT }).waitFor();
    await running.bridge.softTokens.folder.setInserted(tokenId, false);
    await page.getByText('重新安装驱动（互通驱动）').waitFor();
    expect(await page.locator('main ol li').allTextContents()).toEqual([
      '重新安装驱动（互通驱动）',
      '更换其它电脑安装驱动',
      '就近联系CA办理机构，确认CA锁是否存在问题',
    ]);
    expect(await page.locator('summary').textContent()).toContain('曾在本机使用的证书 (1)');
  });

  test('AST-008 makes a test signature and shows the verdict', async () => {
    await insertToken(running.bridge, await testKey());
    await open('seal');
    await page.getByRole('button', { name: '开始检测' }).click();
    const frame = page.frameLocator('iframe');
    await frame.getByLabel('CA锁密码', { exact: true }).fill(PIN);
    await frame.getByRole('button', { name: '测试签名' }).click();
    await page.getByText('签名有效').waitFor();
    expect(await page.locator('.seal-mark').textContent()).toContain('测试签名');
  });

  test('AST-011 removes copies after a word of confirmation, and the key stays', async () => {
    await insertToken(running.bridge, await testKey());
    await open('certificates');
    await page.getByRole('heading', { name: UNIT }).waitFor();
    await open('clean');
    await page.getByRole('button', { name: '清理证书' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    expect(await running.bridge.certificateCache.list()).toHaveLength(1);
    await page.getByRole('button', { name: '清理证书' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '清理证书' }).click();
    await page.getByText('已移除 1 张证书副本。').waitFor();
    expect(await running.bridge.certificateCache.list()).toEqual([]);
    expect(await running.bridge.board.certificates()).toHaveLength(1);
  });

  test('令牌: created and pulled out', async () => {
    await open('tokens');
    await page.getByRole('button', { name: '新建令牌' }).click();
    const form = page.locator('form');
    await form.getByLabel('名称').fill('演示锁');
    await form.getByLabel('新密码', { exact: true }).fill(PIN);
    await form.getByLabel('再输一次新密码').fill('different');
    await form.getByRole('button', { name: '新建令牌' }).click();
    await page.getByText('两次输入的密码不一致').waitFor();
    await form.getByLabel('再输一次新密码').fill(PIN);
    await form.getByRole('button', { name: '新建令牌' }).click();
    await page.getByRole('heading', { name: '演示锁' }).waitFor();
    await page.getByRole('button', { name: '拔出' }).click();
    await page.getByText('演示锁: 已拔出').waitFor();
    expect((await running.bridge.board.list()).tokens).toEqual([]);
  });

  test('已授权网站: an approval is taken back, and the site can do nothing more', async () => {
    const site = await pair(running.port);
    expect((await site.ask('/tokens')).status).toBe(200);
    await open('sites');
    await page.getByRole('button', { name: `撤销 ${SITE}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: '撤销' }).click();
    await page.getByText('还没有授权任何网站').waitFor();
    expect((await site.ask('/tokens')).status).toBe(401);
  });
});
