import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { hub, key, plugIn } from './demo.ts';
import { decide, enterDesk, giveReason, leaveDesk, openRow } from './desk.ts';
import { pngScan, type Upload } from './scans.ts';
import { signHere } from './walk.ts';

/** The dialog in front: the form, the record, or the question on top of them. */
export const front = (page: Page): Locator => page.getByRole('dialog').last();

/** One field of the form in front, by its whole label. */
export function field(page: Page, label: string): Locator {
  const named = new RegExp(`^${label.replaceAll(/[()（）/]/g, '\\$&')}(\\s*（选填）)?$`);
  return page
    .locator('.field')
    .filter({ has: page.locator('label, .field-label').getByText(named) })
    .last();
}

/** Types, ticks, chooses or finds, whichever the field is for. */
export async function put(page: Page, label: string, value: string): Promise<void> {
  const place = field(page, label);
  const chosen = place.getByLabel(value, { exact: true });
  const select = place.locator('select');
  const found = place.getByRole('combobox');
  if ((await select.count()) > 0) await select.selectOption({ label: value });
  else if ((await found.count()) > 0) {
    await found.fill(value);
    await place.getByRole('option').first().click();
  } else if ((await chosen.count()) > 0) await chosen.check();
  else await place.locator('input, textarea').first().fill(value);
}

export async function putAll(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) await put(page, label, value);
}

let scans = 0;

/** Different bytes each time, as two papers are. */
export function paper(name: string): Upload {
  scans += 1;
  return pngScan(`${name}.png`, 40 + scans, 30);
}

/** Uploads papers to a field and waits until the server has them. */
export async function attach(page: Page, label: string, ...names: readonly string[]): Promise<void> {
  const place = field(page, label);
  await place.locator('input[type="file"]').setInputFiles(names.map(paper));
  for (const name of names)
    await expect(place.getByRole('button', { name: `移除 ${name}.png` })).toBeVisible();
}

/** 主体信息库登录 with one key plugged in. */
export async function enterLibrary(page: Page, id: string): Promise<void> {
  plugIn(id);
  await page.goto(hub('/library'));
  await signHere(page, key(id).pin, '立即登录');
}

export async function openLibrary(page: Page, path: string): Promise<void> {
  await page.goto(hub(`/library/${path}`));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** The seal that the letter needs: applied for, checked by one person at the desk and issued by another. */
export async function haveSeal(page: Page, name: string): Promise<void> {
  await openLibrary(page, 'seals');
  const usable = page.getByText('当前证书可用');
  const none = page.getByRole('link', { name: '申请印章' });
  await expect(none).toBeVisible();
  if (await usable.isVisible()) return;
  await none.click();
  await page.getByRole('button', { name: '提交申请' }).click();
  await expect(page.getByText('申请已提交，等待审核')).toBeVisible();
  await issueSeal(page.context().browser()!, name);
}

/** The seal of this enterprise: checked by one person at the desk and issued by another. */
export async function issueSeal(browser: Browser, name: string): Promise<void> {
  const clerk = await enterDesk(browser, 'desk-clerk');
  await openRow(clerk, '/desk/seals', name);
  await clerk.getByRole('button', { name: '审核通过' }).click();
  await giveReason(clerk, '印模清晰，与登记信息一致', '审核通过');
  await expect(clerk.getByText('已提出，等待另一人复核')).toBeVisible();
  await leaveDesk(clerk);
  const reviewer = await enterDesk(browser, 'desk-reviewer');
  await decide(reviewer, { by: 'desk-reviewer', step: '核发印章' });
  await leaveDesk(reviewer);
}
