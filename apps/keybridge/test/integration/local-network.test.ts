import { rmSync } from 'node:fs';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestBridge, testBridge } from '../support/bridge.ts';
import { launch, openSite, type SitePage } from '../support/chromium.ts';
import { opensslVerifies } from '../support/openssl.ts';
import { type TestSite, testSite } from '../support/site.ts';
import { insertToken, PIN, testKey } from '../support/tokens.ts';
import { builtPages } from '../support/web.ts';

// Chromium is told that the site's address is a public one, so that its rules for local network access apply.
let webDir: string;
let site: TestSite;
let running: TestBridge;
let browser: Browser;

beforeAll(async () => {
  [webDir, site] = await Promise.all([builtPages(), testSite()]);
  running = await testBridge({ webDir });
  browser = await launch(`--ip-address-space-overrides=127.0.0.1:${site.port}=public`);
});
afterAll(async () => {
  await browser.close();
  await running.close();
  await site.close();
  rmSync(webDir, { recursive: true });
});

const visit = (): Promise<SitePage> => openSite(browser, site, running.port);

describe('HUB-009 a public page and local network access', () => {
  test('a refusal by the browser is told from an assistant that does not run', async () => {
    const visitor = await visit();
    expect(await visitor.page.evaluate('site.permission()')).toBe('prompt');
    expect(await visitor.ask('detect')).toBe('BRIDGE_BLOCKED_BY_BROWSER');
    expect(await visitor.page.evaluate('site.permission()')).toBe('denied');
    await visitor.close();
  });

  test('once its user allows it, the page pairs and signs through the frame', async () => {
    const { keyId } = await insertToken(running.bridge, await testKey());
    const visitor = await visit();
    await visitor.context.grantPermissions(['local-network-access'], { origin: site.origin });
    expect(await visitor.ask('detect')).toMatchObject({ service: 'hufu-keybridge', approved: false });
    await visitor.pair();
    await visitor.sign(keyId);
    const frame = visitor.page.frameLocator('iframe');
    await frame.getByLabel('CA锁密码', { exact: true }).fill(PIN);
    await frame.getByRole('button', { name: '立即登录' }).click();
    expect(opensslVerifies((await visitor.read('outcome')).result)).toBe(true);
    await visitor.close();
  });
});
