import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { hub, key, plugIn } from './demo.ts';
import { keepSession, recallSession } from './sessions.ts';
import { signHere } from './walk.ts';

const SESSION = '/api/v1/desk/session';

/** An operator at a browser of their own, logged in to the desk with their key: once, and in the same session later. */
export async function enterDesk(browser: Browser, id: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  plugIn(id);
  const known = await recallSession(page, id, SESSION);
  await page.goto(hub('/desk'));
  if (!known) await signHere(page, key(id).pin, '立即登录');
  await expect(page.getByRole('heading', { level: 1, name: '概览' })).toBeVisible();
  if (!known) await keepSession(page, id, SESSION);
  return page;
}

export async function leaveDesk(...pages: readonly Page[]): Promise<void> {
  for (const page of pages) await page.context().close();
}

/** The row of a list by what it shows, opened in its drawer. */
export async function openRow(page: Page, path: string, text: string | RegExp): Promise<Locator> {
  await page.goto(hub(path));
  const row = page.getByRole('row').filter({ hasText: text });
  await row.first().getByRole('link').first().click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toBeVisible();
  return drawer;
}

/** Fills in the reason that every step at the desk asks for, and does it. */
export async function giveReason(page: Page, reason: string, button: string): Promise<void> {
  const dialog = page.getByRole('dialog').last();
  await dialog.getByLabel('事由').fill(reason);
  await dialog.getByRole('button', { name: button, exact: true }).click();
}

export type Deciding = {
  /** Whose key signs. */
  readonly by: string;
  /** What the row of the step shows. */
  readonly step: string | RegExp;
  readonly decision?: '同意' | '不同意';
  readonly note?: string;
};

/** The second person decides, with a signature of their key. */
export async function decide(page: Page, deciding: Deciding): Promise<void> {
  const { by, step, decision = '同意', note } = deciding;
  plugIn(by);
  const drawer = await openRow(page, '/desk/approvals', step);
  if (note !== undefined) await drawer.getByLabel('复核意见').fill(note);
  await drawer.getByRole('button', { name: decision, exact: true }).click();
  await signHere(page, key(by).pin, '确认审批');
  const outcome = decision === '同意' ? '已同意' : '未同意';
  await expect(drawer.getByText(outcome, { exact: true }).first()).toBeVisible();
}

/** Calls the server as this page's session, past the page's own controls. */
export async function request(
  page: Page,
  call: { readonly method: string; readonly path: string; readonly body?: unknown },
): Promise<{ readonly status: number; readonly code: string | undefined }> {
  return page.evaluate(async ({ method, path, body }) => {
    const answer = await fetch(path, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const said: { code?: string } = text.startsWith('{') ? JSON.parse(text) : {};
    return { status: answer.status, code: said.code };
  }, call);
}
