import { expect, type Page, test } from '@playwright/test';
import { findings } from './support/axe.ts';
import { hub } from './support/demo.ts';
import { openSession } from './support/walk.ts';

function watchConsole(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  return errors;
}

const OPEN = [
  '/',
  '/entry',
  '/bind',
  '/login',
  '/unbind',
  '/support',
  '/help',
  '/downloads',
  '/demo',
  '/desk',
];
const WIDTHS = [
  { width: 1440, height: 900 },
  { width: 360, height: 740 },
];

for (const path of OPEN) {
  test(`${path} has no serious accessibility finding, no console error, and fits a phone`, async ({
    page,
  }) => {
    const errors = watchConsole(page);
    for (const viewport of WIDTHS) {
      await page.setViewportSize(viewport);
      await page.goto(hub(path));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle');
      expect(await findings(page)).toEqual([]);
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - window.innerWidth',
      );
      expect(overflow).toBeLessThanOrEqual(0);
    }
    // A page without a session asks who is logged in and hears 401; a browser logs that.
    expect(errors.filter((text) => !text.includes('401'))).toEqual([]);
  });
}

test('the pages behind a login have no serious accessibility finding, light or dark', async ({ page }) => {
  await openSession(page, 'qingshan-1');
  for (const path of ['/session', '/platforms', '/profile']) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(hub(path));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle');
      expect(await findings(page)).toEqual([]);
    }
  }
});

test('GEN-009 the pages speak English whole, on request', async ({ page }) => {
  await page.goto(hub('/'));
  await page.getByRole('button', { name: 'English' }).click();
  for (const path of ['/entry', '/bind', '/login', '/unbind', '/help']) {
    await page.goto(hub(path));
    const heading = page.getByRole('heading', { level: 1 });
    await expect(heading).toBeVisible();
    expect(await heading.textContent()).toMatch(/[A-Za-z]{3}/);
  }
});

test('the walk to the platforms needs no mouse', async ({ page }) => {
  await openSession(page, 'qingshan-1');
  const enter = page.getByRole('link', { name: '进入授权' });
  await enter.focus();
  await page.keyboard.press('Enter');
  const first = page.getByRole('radio', { name: /呼和浩特/ });
  await first.focus();
  await page.keyboard.press('Space');
  await expect(first).toBeChecked();
  const confirm = page.getByRole('button', { name: '确认授权' });
  await confirm.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '第三方交易平台信息确认' })).toBeVisible();
});
