import { rmSync } from 'node:fs';
import type { Browser, FrameLocator } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestBridge, testBridge } from '../support/bridge.ts';
import { axe, launch, openSite, type SitePage } from '../support/chromium.ts';
import { opensslVerifies } from '../support/openssl.ts';
import { type TestSite, testSite } from '../support/site.ts';
import { insertToken, PIN, testKey, UNIT } from '../support/tokens.ts';
import { builtPages } from '../support/web.ts';

let webDir: string;
let site: TestSite;
let browser: Browser;
let running: TestBridge;
let visitor: SitePage;

beforeAll(async () => {
  [webDir, site, browser] = await Promise.all([builtPages(), testSite(), launch()]);
});
afterAll(async () => {
  await browser.close();
  await site.close();
  rmSync(webDir, { recursive: true });
});
beforeEach(async () => {
  running = await testBridge({ webDir });
  visitor = await openSite(browser, site, running.port);
});
afterEach(async () => {
  await visitor.close();
  await running.close();
});

const pinFrame = (): FrameLocator => visitor.page.frameLocator('iframe');

async function enterPin(pin: string, button = '立即登录'): Promise<void> {
  await pinFrame().getByLabel('CA锁密码', { exact: true }).fill(pin);
  await pinFrame().getByRole('button', { name: button }).click();
}

const faultsSay = (text: string): Promise<void> =>
  expect.poll(() => visitor.faults.join('\n')).toContain(text);

describe('OD-02 approval by the user in a window of the bridge', () => {
  test('names the site, and pairs on a click', async () => {
    const approval = await visitor.askForApproval();
    expect(await approval.locator('.origin').textContent()).toBe(site.origin);
    expect(await approval.locator('main').textContent()).toContain('网站自称：互认系统');
    expect(await axe(approval)).toEqual([]);
    await approval.getByRole('button', { name: '允许', exact: true }).click();
    expect(await visitor.read('pairing')).toBe('paired');
    expect(await visitor.ask('isPaired')).toBe(true);
    expect(running.bridge.sites.list()).toMatchObject([{ origin: site.origin, title: '互认系统' }]);
  });

  test('cannot be answered with yes in the first second', async () => {
    await visitor.context.clock.install({ time: 0 });
    await visitor.context.clock.pauseAt(1_000);
    const approval = await visitor.askForApproval();
    const allow = approval.getByRole('button', { name: '允许', exact: true });
    expect(await allow.isDisabled()).toBe(true);
    await visitor.context.clock.runFor(1_000);
    expect(await allow.isDisabled()).toBe(false);
  });

  test('a refusal reaches the page, and nothing is approved', async () => {
    const approval = await visitor.askForApproval();
    await approval.getByRole('button', { name: '不允许' }).click();
    expect(await visitor.read('pairing')).toBe('BRIDGE_APPROVAL_REFUSED');
    expect(running.bridge.sites.list()).toEqual([]);
  });

  test('the approval window cannot be framed, not even by the site that asks', async () => {
    const approval = await visitor.askForApproval();
    await visitor.page.goto(`${site.origin}/?frame=${encodeURIComponent(approval.url())}`);
    await faultsSay("frame-ancestors 'none'");
    expect(await pinFrame().locator('button').count()).toBe(0);
  });
});

describe('HUB-050 the PIN frame', () => {
  test('names site, act and holder; the PIN never reaches the page; openssl verifies the result', async () => {
    const { keyId } = await insertToken(running.bridge, await testKey());
    await visitor.pair();
    const sent: string[] = [];
    visitor.page.on('request', (request) => {
      if (request.postData()?.includes(PIN) === true)
        sent.push(`${new URL(request.frame().url()).origin} ${request.url()}`);
    });
    await visitor.sign(keyId);
    await pinFrame().getByLabel('CA锁密码', { exact: true }).waitFor();
    const text = await pinFrame().locator('main').textContent();
    for (const part of [site.origin, '登录', UNIT]) expect(text).toContain(part);
    await enterPin('wrong-pin');
    await pinFrame().getByText('还可尝试 9 次').waitFor();
    await enterPin(PIN);
    const { result } = await visitor.read('outcome');
    expect(opensslVerifies(result)).toBe(true);
    const own = running.bridge.address.origin;
    expect(sent).toEqual([expect.stringMatching(`^${own} ${own}/own/operations/`)]);
    expect(await visitor.page.locator('iframe').count()).toBe(0);
    expect(await visitor.read('messages')).toContain('shown');
  });

  test('works by keyboard alone, and axe finds nothing', async () => {
    const { keyId } = await insertToken(running.bridge, await testKey());
    await visitor.pair();
    await visitor.sign(keyId, 'bind');
    await pinFrame().getByRole('button', { name: '确认申请' }).waitFor();
    const inner = visitor.page.frames().find((frame) => frame.url().includes('/frame/'));
    expect(inner === undefined ? ['no frame'] : await axe(inner)).toEqual([]);
    await pinFrame().getByLabel('CA锁密码', { exact: true }).focus();
    await visitor.page.keyboard.type(PIN);
    await visitor.page.keyboard.press('Enter');
    expect(await visitor.read('outcome')).toHaveProperty('result');
  });

  test('another site cannot frame it', async () => {
    const { keyId } = await insertToken(running.bridge, await testKey());
    await visitor.pair();
    await visitor.sign(keyId);
    await pinFrame().getByLabel('CA锁密码', { exact: true }).waitFor();
    const frameUrl =
      visitor.page
        .frames()
        .find((frame) => frame.url().includes('/frame/'))
        ?.url() ?? '';
    const stranger = await visitor.context.newPage();
    await stranger.goto(`http://localhost:${site.port}/?frame=${encodeURIComponent(frameUrl)}`);
    await faultsSay(`frame-ancestors ${site.origin}`);
    expect(await stranger.frameLocator('iframe').locator('input').count()).toBe(0);
  });

  test('the holder can cancel', async () => {
    const { keyId } = await insertToken(running.bridge, await testKey());
    await visitor.pair();
    await visitor.sign(keyId);
    await pinFrame().getByRole('button', { name: '取消' }).click();
    expect(await visitor.read('outcome')).toEqual({ code: 'OPERATION_CANCELLED' });
  });

  test('warns before the last try; after it the page learns that the key is locked', async () => {
    const { keyId, tokenId } = await insertToken(running.bridge, await testKey(), { maximumAttempts: 2 });
    await visitor.pair();
    await visitor.sign(keyId);
    await enterPin('wrong-pin');
    await pinFrame().getByText('最后一次机会').waitFor();
    await enterPin('wrong-pin');
    expect(await visitor.read('outcome')).toEqual({ code: 'PIN_LOCKED' });
    const [token] = (await running.bridge.board.list()).tokens;
    expect(token).toMatchObject({ tokenId: `soft.${tokenId}`, pin: { state: 'locked' } });
  });
});

describe('HUB-009 the client in a page', () => {
  test('an assistant that does not run is told as such; a revoked site must ask again', async () => {
    await insertToken(running.bridge, await testKey());
    await visitor.pair();
    expect(await visitor.ask('listCertificates')).toBe(1);
    await running.bridge.sites.revoke(site.origin);
    expect(await visitor.ask('listCertificates')).toBe('BRIDGE_NOT_PAIRED');
    expect(await visitor.ask('isPaired')).toBe(false);
    expect(await visitor.page.evaluate('site.detect(9)')).toBe('BRIDGE_NOT_RUNNING');
  });

  test('HUB-083 keys that come and go are followed', async () => {
    const { tokenId } = await insertToken(running.bridge, await testKey());
    await visitor.pair();
    await visitor.ask('watch');
    await expect.poll(() => visitor.read('changes')).toEqual(['+1-0']);
    await running.bridge.softTokens.folder.setInserted(tokenId, false);
    await expect.poll(() => visitor.read('changes'), { timeout: 10_000 }).toEqual(['+1-0', '+0-1']);
    expect(await visitor.ask('listCertificates')).toBe('TOKEN_ABSENT');
  });
});
