import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Frame, type Page } from '@playwright/test';
import { challenge } from './bridge.ts';
import type { TestSite } from './site.ts';

export const launch = (...args: readonly string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', ...args],
  });

const { source: AXE } = createRequire(import.meta.url)('axe-core') as { source: string };

/** What axe finds, as `impact: rule`. */
export async function axe(target: Page | Frame): Promise<readonly string[]> {
  await target.evaluate('Promise.all(document.getAnimations().map((animation) => animation.finished))');
  await target.evaluate(AXE);
  return target.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, impact }) => impact + ': ' + id))",
  );
}

export type SitePage = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors and uncaught ones, of every page of this context. */
  readonly faults: string[];
  /** Calls one of the functions of site-page.js with the bridge's port. */
  // biome-ignore lint/suspicious/noExplicitAny: read freely in assertions
  ask(name: string, ...args: readonly unknown[]): Promise<any>;
  /** What a promise that the page keeps comes to. */
  // biome-ignore lint/suspicious/noExplicitAny: read freely in assertions
  read(name: 'pairing' | 'outcome' | 'changes' | 'messages'): Promise<any>;
  /** Clicks for a pairing and brings the approval window. */
  askForApproval(): Promise<Page>;
  pair(): Promise<void>;
  sign(keyId: string, act?: string): Promise<void>;
  close(): Promise<void>;
};

/** A fresh browser profile on the site's page. */
export async function openSite(browser: Browser, site: TestSite, bridgePort: number): Promise<SitePage> {
  const context = await browser.newContext({ locale: 'zh-CN' });
  const faults: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  context.on('weberror', (error) => faults.push(String(error.error())));
  const page = await context.newPage();
  await page.goto(site.origin);

  const ask: SitePage['ask'] = (name, ...args) =>
    page.evaluate(`site.${name}(...${JSON.stringify([bridgePort, ...args])})`);

  async function askForApproval(): Promise<Page> {
    await ask('pairOnClick');
    const [approval] = await Promise.all([context.waitForEvent('page'), page.click('#pair')]);
    await approval.getByRole('button', { name: '允许', exact: true }).waitFor();
    return approval;
  }

  return {
    page,
    context,
    faults,
    ask,
    read: (name) => page.evaluate(`site.${name}`),
    askForApproval,
    async pair() {
      const approval = await askForApproval();
      await approval.getByRole('button', { name: '允许', exact: true }).click();
      const said = await page.evaluate('site.pairing');
      if (said !== 'paired') throw new Error(String(said));
    },
    sign: (keyId, act = 'login') => ask('sign', { act, keyId, payload: challenge() }),
    close: () => context.close(),
  };
}
