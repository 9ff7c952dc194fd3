import type {
  Admission,
  LibraryEntrance,
  LibraryKey,
  LibraryLogin,
  LibrarySession,
  Problem,
} from '@hufu/contracts';
import { organisationCheckCharacter, usccCheckCharacter } from '@hufu/kernel';
import type { Answer, Browser, ProofOptions } from '../hub/browser.ts';
import type { World } from '../hub/hub-world.ts';
import type { HolderSpec, TestKey } from '../hub/test-authority.ts';

export const LIBRARY = '/api/v1/library';

/** Valid by GB 11643; nobody's. */
export const ID_NUMBERS = ['11010519491231002X', '440524188001010014', '150102199003074518'] as const;

let codes = 0;

/** A valid code (OD-01) that no other test of the file uses. */
export function anyCode(): string {
  codes += 1;
  const organisation = `MA9${String(codes).padStart(5, '0')}`;
  const first17 = `91150102${organisation}${organisationCheckCharacter(organisation)}`;
  return `${first17}${usccCheckCharacter(first17)}`;
}

const APPLICANT = {
  applicantName: '乌云其其格',
  applicantPhone: '13800138000',
  applicantIdNo: ID_NUMBERS[0],
};
export const USER = { holderName: '李建国', holderPhone: '13900139000', holderIdNo: null };

/** The agreements in force, as a page sends them back after they were read. */
export async function agreementsOf(browser: Browser) {
  const { body } = await browser.call<LibraryEntrance>(`${LIBRARY}/entrance`);
  return body.agreements.map(({ code, version, sha256 }) => ({ code, version, sha256 }));
}

export async function readForRegistration(browser: Browser, key: TestKey, options: ProofOptions = {}) {
  const body = await browser.proof('library-register', key, options);
  return browser.call<Admission & Problem>(`${LIBRARY}/registration-readings`, { body });
}

export async function sendRegistration(
  browser: Browser,
  admissionId: string,
  more: Record<string, unknown> = {},
) {
  return browser.call<LibrarySession & Problem>(`${LIBRARY}/registrations`, {
    body: {
      admissionId,
      agreements: await agreementsOf(browser),
      ...APPLICANT,
      roles: ['BIDDER'],
      ...more,
    },
  });
}

export async function logInToLibrary(browser: Browser, key: TestKey, options: ProofOptions = {}) {
  const body = await browser.proof('library-login', key, options);
  return browser.call<LibraryLogin & Problem>(`${LIBRARY}/logins`, { body });
}

export const sendActivation = (browser: Browser, admissionId: string, more: Record<string, unknown> = {}) =>
  browser.call<LibrarySession & Problem>(`${LIBRARY}/activations`, {
    body: { admissionId, ...USER, ...more },
  });

export const sessionOf = (browser: Browser) => browser.call<LibrarySession & Problem>(`${LIBRARY}/session`);

export type LibraryMember = {
  readonly browser: Browser;
  readonly key: TestKey;
  readonly session: LibrarySession;
};

/** A registered entity, logged in with its first key. */
export async function registered(
  world: World,
  holder: HolderSpec = {},
  more: Record<string, unknown> = {},
): Promise<LibraryMember> {
  const browser = world.browser();
  const key = await world.home.issue(holder);
  const { body } = await readForRegistration(browser, key);
  const answer = await sendRegistration(browser, body.id, more);
  return { browser, key, session: expected(answer, 201) };
}

/** A further key of the same entity, activated by its own login. */
export async function withSecondKey(world: World, holder: HolderSpec = {}): Promise<LibraryMember> {
  const browser = world.browser();
  const key = await world.home.issue(holder);
  const { body } = await logInToLibrary(browser, key);
  const answer = await sendActivation(browser, body.admission!.id);
  return { browser, key, session: expected(answer, 201) };
}

export async function readKey(member: Pick<LibraryMember, 'browser'>, key: TestKey) {
  const body = await member.browser.proof('library-key', key);
  return member.browser.call<Admission & Problem>(`${LIBRARY}/key-readings`, { body });
}

export const keysOf = async ({ browser }: Pick<LibraryMember, 'browser'>): Promise<LibraryKey[]> =>
  (await browser.call<LibraryKey[]>(`${LIBRARY}/keys`)).body;

export function expected<T>({ status, body }: Answer<T>, wanted: number): T {
  if (status !== wanted) throw new Error(`expected ${wanted}, got ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** What was written down of an act, the newest last. */
export const audited = (world: World, action: string) =>
  world.infra.database.db
    .selectFrom('audit_entry')
    .selectAll()
    .where('action', '=', action)
    .orderBy('id')
    .execute();
