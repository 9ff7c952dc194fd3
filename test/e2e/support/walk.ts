import { expect, type Page } from '@playwright/test';
import { hub, key, plugIn } from './demo.ts';
import { keepSession, recallSession } from './sessions.ts';

/** Enters the PIN in the assistant's own frame; the page around it never sees it. */
export async function enterPin(page: Page, pin: string, button: string): Promise<void> {
  const frame = page.frameLocator('iframe[title="CA锁密码"]');
  await frame.getByLabel('CA锁密码').fill(pin);
  await frame.getByRole('button', { name: button }).click();
}

/** The user's word, given once for each site, in a window of the assistant. */
export async function allowSite(page: Page): Promise<void> {
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: '允许本网站使用CA锁' }).click();
  const approval = await opened;
  await approval.getByRole('button', { name: '允许', exact: true }).click();
}

export async function readCertificate(page: Page): Promise<void> {
  await page.getByRole('button', { name: '读取证书' }).click();
  const gate = page.getByRole('button', { name: '允许本网站使用CA锁' });
  const ready = page.getByRole('button', { name: '使用这张证书' });
  await expect(gate.or(ready)).toBeVisible();
  if (await gate.isVisible()) await allowSite(page);
}

export type BindOptions = { readonly legalRep?: string; readonly roles?: readonly string[] };

/** 企业绑定 up to the PIN, with one key plugged in. */
export async function fillBinding(page: Page, id: string, options: BindOptions = {}): Promise<void> {
  plugIn(id);
  await page.goto(hub('/bind'));
  await readCertificate(page);
  await page.getByRole('button', { name: '使用这张证书' }).click();
  await page.getByLabel('注册地市').selectOption({ index: 1 });
  await page.getByLabel('法人代表').fill(options.legalRep ?? '乌兰');
  await page.getByLabel('联系电话').fill('13847100000');
  await page.getByLabel('单位地址').fill('呼和浩特市新城区新华大街1号');
  for (const role of options.roles ?? ['投标人']) await page.getByLabel(role).check();
  await page.getByRole('button', { name: '确认申请' }).click();
}

export async function bind(page: Page, id: string, options: BindOptions = {}): Promise<void> {
  await fillBinding(page, id, options);
  await enterPin(page, key(id).pin, '确认申请');
}

/** Signs what the open page asks for with the only key plugged in; first gives the site leave, where that is due. */
export async function signHere(page: Page, pin: string, button: string): Promise<void> {
  const gate = page.getByRole('button', { name: '允许本网站使用CA锁' });
  const frame = page.locator('iframe[title="CA锁密码"]');
  await expect(gate.or(frame)).toBeVisible();
  if (await gate.isVisible()) await allowSite(page);
  await enterPin(page, pin, button);
}

/** 企业登录 with one key plugged in, up to the certificate page or a refusal. */
export async function logIn(page: Page, id: string, pin = key(id).pin): Promise<void> {
  plugIn(id);
  await page.goto(hub('/login'));
  await signHere(page, pin, '立即登录');
}

const SESSION = '/api/v1/hub/session';

/** A session that must be there when this returns: of a login with the key, once, and the same one later. */
export async function openSession(page: Page, id: string): Promise<void> {
  plugIn(id);
  const known = await recallSession(page, id, SESSION);
  if (known) await page.goto(hub('/session'));
  else await logIn(page, id);
  await expect(page.getByRole('heading', { name: '证书基本信息' })).toBeVisible();
  if (!known) await keepSession(page, id, SESSION);
}

/** Adds a secondary key from the primary's session, in 「02证书绑定」. */
export async function activateSecondary(
  page: Page,
  keys: { primary: string; secondary: string },
): Promise<void> {
  await openSession(page, keys.primary);
  await page.goto(hub('/profile'));
  await page.getByRole('button', { name: '修改信息' }).click();
  plugIn(keys.secondary);
  await page.getByRole('button', { name: '读取证书' }).first().click();
  await page.getByRole('button', { name: '使用这张证书' }).click();
  await page.getByRole('button', { name: '激活' }).first().click();
  await enterPin(page, key(keys.secondary).pin, '激活');
  await expect(page.getByText('副锁已激活')).toBeVisible();
}
