import type { Attempt, InteractionDetails } from '@hufu/contracts';
import type { Answer, Browser } from './browser.ts';
import type { Enterprise, Installation } from './installation.ts';
import { expectStatus } from './installation.ts';

export const FIELDS = {
  regCity: '150100',
  legalRep: '乌兰',
  phone: '13847100000',
  address: '呼和浩特市新城区新华大街1号',
  roles: ['BIDDER'],
};

export type Binding = Partial<typeof FIELDS & { uscc: string }>;

export async function bind(
  browser: Browser,
  { key, uscc }: Enterprise,
  fields: Binding = {},
): Promise<Answer<Attempt>> {
  const proof = await browser.proof('bind', key);
  return browser.call<Attempt>('/api/v1/hub/bindings', {
    body: { proof, fields: { ...FIELDS, uscc, ...fields } },
  });
}

export async function logIn(browser: Browser, { key }: Pick<Enterprise, 'key'>): Promise<Answer<Attempt>> {
  const proof = await browser.proof('login', key);
  return browser.call<Attempt>('/api/v1/hub/logins', { body: proof });
}

/** Asks after a login or binding that waits for its authority until it has ended. */
export async function settled(browser: Browser, begun: Answer<Attempt>): Promise<Answer<Attempt>> {
  let answer = begun;
  while (answer.status < 300 && answer.body.state === 'CHECKING') {
    answer = await browser.call<Attempt>(`/api/v1/hub/attempts/${begun.body.attemptId}?wait=5`);
  }
  return answer;
}

export type Bound = Enterprise & { readonly browser: Browser };

/** At once, or after the authority was waited for: on a busy machine either can happen. */
export function expectDone({ status, url, text, body }: Answer<Attempt>): void {
  if (status < 300 && body.state === 'DONE') return;
  throw new Error(`${url} answered ${status}: ${text}`);
}

/** A new enterprise that is bound and logged in. */
export async function boundAndLoggedIn(installation: Installation, authority?: string): Promise<Bound> {
  const enterprise = await installation.enterprise(authority);
  const browser = installation.browser();
  expectDone(await settled(browser, await bind(browser, enterprise)));
  expectDone(await settled(browser, await logIn(browser, enterprise)));
  return { ...enterprise, browser };
}

/** Follows a platform's login request up to the hub's own page. @returns the interaction's id */
export async function openInteraction(browser: Browser, address: string): Promise<string> {
  const isPage = (url: URL) => url.pathname.startsWith('/interaction/');
  const { next, answer } = await browser.follow(address, (url) => !isPage(url));
  if (next === undefined) throw new Error(`no interaction: ${answer.status} ${answer.text}`);
  return next.pathname.split('/')[2]!;
}

/** What the page shows before 「确认授权」 (HUB-062). @returns the id of what 「确认登录」 must name */
export async function authorised(browser: Browser, uid: string): Promise<string> {
  const details = await browser.call<InteractionDetails>(`/interaction/${uid}/details`);
  expectStatus(details as never, 200);
  return details.body.authorisation!.id;
}

/** Both confirmations (HUB-062, HUB-063). @returns the platform's address with the code */
export async function confirmTwice(browser: Browser, uid: string): Promise<URL> {
  const authorisation = await authorised(browser, uid);
  const confirmed = await browser.call<{ redirectTo: string }>(`/interaction/${uid}/confirm`, {
    body: { authorisation },
  });
  expectStatus(confirmed as Answer, 200);
  return leaveHub(browser, confirmed.body.redirectTo);
}

/** Lets the hub send the browser away. @returns the address outside it */
export async function leaveHub(browser: Browser, address: string): Promise<URL> {
  const start = new URL(address, browser.origin);
  if (start.origin !== browser.origin) return start;
  const { next, answer } = await browser.follow(address, (url) => url.origin === browser.origin);
  if (next === undefined) throw new Error(`still at the hub: ${answer.status} ${answer.text}`);
  return next;
}
