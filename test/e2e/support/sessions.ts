import type { BrowserContext, Page } from '@playwright/test';
import { hub } from './demo.ts';

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

/** What a browser holds after a login with a key: later tests that are not about the login begin with it. */
const kept = new Map<string, State>();
const nameOf = (address: string, id: string) => `${hub(address)} ${id}`;

/** @param session where the server tells whose session it is */
export async function keepSession(page: Page, id: string, session: string): Promise<void> {
  kept.set(nameOf(session, id), await page.context().storageState());
}

/** Puts the browser where it was after the key's login. @returns false when there was none, or its session has ended */
export async function recallSession(page: Page, id: string, session: string): Promise<boolean> {
  const state = kept.get(nameOf(session, id));
  if (state === undefined) return false;
  await page.context().setStorageState(state);
  return (await page.request.get(hub(session))).ok();
}
