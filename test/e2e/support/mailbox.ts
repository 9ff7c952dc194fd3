import { expect, type Locator, type Page } from '@playwright/test';
import { hub } from './demo.ts';

/** A letter in the demo's mailbox, by its subject; the newest when there are several. It is waited for. */
export async function letter(page: Page, subject: string): Promise<Locator> {
  await page.goto(hub('/demo'));
  const found = page
    .locator('details')
    .filter({ has: page.locator('summary', { hasText: subject }) })
    .first();
  await expect(async () => {
    await page.locator('#mail').getByRole('button', { name: '刷新' }).click();
    await expect(found).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 30_000 });
  await found.locator('summary').click();
  return found;
}
