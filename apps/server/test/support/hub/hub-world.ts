import { fileURLToPath } from 'node:url';
import { HUB_ERRORS } from '@hufu/contracts';
import { type Clock, systemClock, toBase64 } from '@hufu/kernel';
import { MODULES } from '@hufu/library';
import type { App } from '../../../src/app.ts';
import { type ApprovalKinds, createDesk, type Desk } from '../../../src/features/desk/index.ts';
import {
  createEntities,
  type Entities,
  type EntitySettings,
  readAgreements,
  readLetterTemplate,
} from '../../../src/features/entities/index.ts';
import { createEvidence, type Evidence } from '../../../src/features/evidence/index.ts';
import { createFiles, type Files } from '../../../src/features/files/index.ts';
import { type CertificateJudge, createHub, type Hub } from '../../../src/features/hub/index.ts';
import { createIdentity, type Identity } from '../../../src/features/identity-provider/index.ts';
import { createPlatforms, deskView, type Platforms } from '../../../src/features/platforms/index.ts';
import { createSigning, type Signing, type SigningSettings } from '../../../src/features/signing/index.ts';
import { createSite, KEY_LOGIN, readRegionProfile } from '../../../src/features/site/index.ts';
import { createTrust, TRUST_ERRORS, type Trust } from '../../../src/features/trust/index.ts';
import { INFRA_ERRORS } from '../../../src/infra/errors.ts';
import type { Feature } from '../../../src/infra/feature.ts';
import { type TestInfra, testApp, testInfra } from '../infra.ts';
import { Browser } from './browser.ts';
import { type HolderSpec, PROFILE, TestAuthority, type TestKey } from './test-authority.ts';

/** The whole server on real features; only the authorities' network is in this process. */
export type World = {
  readonly infra: TestInfra;
  readonly app: App;
  readonly hub: Hub;
  readonly entities: Entities;
  readonly desk: Desk;
  readonly identity: Identity;
  readonly trust: Trust;
  readonly platforms: Platforms;
  readonly home: TestAuthority;
  /** An authority of another province. */
  readonly foreign: TestAuthority;
  readonly base: string;
  /** How long an authority takes to answer, ms. */
  readonly authorities: { delayMs: number };
  browser(): Browser;
  close(): Promise<void>;
};

export const DATA = fileURLToPath(new URL('../../../data', import.meta.url));

export type WorldOptions = {
  readonly clock?: Clock;
  readonly settings?: Record<string, string>;
  /** The page renderer's program, where pages are looked at. */
  readonly renderProgram?: URL;
  readonly timeStamps?: SigningSettings['timeStamps'];
  readonly libEntry?: EntitySettings['libEntry'];
  readonly letter?: EntitySettings['letter'];
  /** Given the server's own origin. */
  readonly citizens?: (origin: string) => EntitySettings['citizens'];
  /** Whose phones have scanned, and where those people may go. */
  readonly phones?: Parameters<typeof createHub>[0]['phones'];
  /** Features beside those of the hub, and what the desk decides for them. */
  readonly more?: (parts: WorldParts) => Promise<{
    readonly features: readonly Feature[];
    readonly kinds: ApprovalKinds;
  }>;
};

export type WorldParts = {
  readonly infra: TestInfra;
  readonly desk: Desk;
  readonly entities: Entities;
  readonly evidence: Evidence;
  readonly identity: Identity;
  readonly platforms: Platforms;
  readonly signing: Signing;
  readonly files: Files;
  readonly hub: Hub;
  readonly judge: CertificateJudge;
};

/** Where nobody has a phone. */
const LOCKS_ALONE = { signer: async () => undefined, admit: async () => {} };

/** All tests come from one address; the one that wants to see a 429 sets its own limit. */
const MANY = { requests: 100_000, seconds: 1 };
const generous = (features: readonly Feature[]) =>
  Object.fromEntries(features.flatMap(({ limits = {} }) => Object.keys(limits)).map((name) => [name, MANY]));

export async function hubWorld(options: WorldOptions = {}): Promise<World> {
  const clock = options.clock ?? systemClock;
  const settings = { HUFU_ANSWER_AT_ONCE_MS: '20000', ...options.settings };
  const infra = await testInfra({ ...options, settings, clock });
  const region = readRegionProfile(DATA);
  const home = new TestAuthority({ id: 'nmca', now: () => clock.now() });
  const foreign = new TestAuthority({ id: 'zjca', region: '330000', now: () => clock.now() });
  const trust = createTrust(infra, {
    region: region.regionCode,
    fetch: (request) => (request.url.includes('nmca') ? home : foreign).answer(request),
  });
  const platforms = createPlatforms(infra);
  const identity = await createIdentity(infra, platforms.clients);
  const origin = infra.config.baseUrl;
  const authorities = { delayMs: 0 };
  const judge: typeof trust.certificates = {
    ...trust.certificates,
    async judge(certificate) {
      if (authorities.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, authorities.delayMs));
      return trust.certificates.judge(certificate);
    },
  };
  const desk = createDesk({ ...infra, judge, origin });
  const entities = createEntities(infra, {
    judge,
    origin,
    libEntry: options.libEntry ?? 'SELF_REGISTER',
    agreements: readAgreements(`${DATA}/library/agreements.json`),
    letter: options.letter ?? readLetterTemplate(`${DATA}/library/commitment-letter.json`),
    citizens: options.citizens?.(origin),
    modules: new Set(MODULES.map(({ name }) => name)),
  });
  const hub = createHub(
    {
      ...infra,
      judge,
      authority: async (id) => (await trust.contacts()).find((one) => one.id === id),
      sessions: identity.sessions,
      intents: identity.intents,
      identities: entities.identities,
      library: entities.door,
      phones: options.phones ?? LOCKS_ALONE,
      platforms: {
        all: async () => (await platforms.all()).map(deskView),
        byCode: async (code) => asDoor(await platforms.byCode(code)),
        lastSeen: (clientId) => asDoor(platforms.lastSeen(clientId)),
      },
      origin,
      atOnceMs: infra.config.answerAtOnceMs,
      cities: new Set(region.cities.map(({ code }) => code)),
      register: { ...INFRA_ERRORS, ...HUB_ERRORS, ...TRUST_ERRORS },
    },
    { ...desk.subjects, ...entities.subjects },
  );
  const site = createSite({
    config: infra.config,
    region,
    version: '0.0.0-test',
    downloads: `${infra.directory}/downloads`,
    loginMethods: [KEY_LOGIN],
    demo: undefined,
  });
  const provider = identity.feature({
    entities: hub.entities,
    listener: hub.logins,
    presenter: hub.presenter,
  });
  const signing = createSigning(
    infra,
    {
      holders: entities.signingHolders(hub.caller),
      records: entities.signingRecords(hub.records),
      judge,
      trust: trust.documents,
      completed: entities.letterCompleted,
      invited: hub.signingTurn,
    },
    { renderProgram: options.renderProgram, timeStamps: options.timeStamps },
  );
  const files = createFiles(infra);
  await signing.prepare();
  await platforms.seed(region.platforms);
  await trust.seed({ profiles: [PROFILE], authorities: [await home.form(), await foreign.form()] });
  const evidence = await createEvidence(infra);
  const more = await options.more?.({
    infra,
    desk,
    entities,
    evidence,
    identity,
    platforms,
    signing,
    files,
    hub,
    judge,
  });
  const deskFeature = desk.feature({
    hub,
    platforms,
    trust,
    sessions: identity.sessions,
    seals: signing.seals,
    entitiesHolding: entities.holding,
    ...(more === undefined ? {} : { kinds: more.kinds }),
  });
  const features = [
    trust.feature,
    platforms.feature,
    hub.feature,
    deskFeature,
    provider,
    evidence.feature({ holders: hub.caller, operators: desk.caller, members: entities.members }),
    signing.feature,
    entities.feature({ hub, documents: signing.documents, ownFiles: files.own }),
    files.feature({ members: entities.members }),
    ...(more?.features ?? []),
    site,
  ];
  const app = await testApp(infra, features);
  infra.limiter.define({ request: MANY, ...generous(features) });
  await listsFetched(trust);
  return {
    infra,
    app,
    hub,
    entities,
    desk,
    identity,
    trust,
    platforms,
    home,
    foreign,
    base: origin,
    authorities,
    browser: () => new Browser(origin),
    async close() {
      await app.close();
      await infra.dispose();
    },
  };
}

/** A certificate's standing is unknown until its authority's list has been fetched for the first time. */
async function listsFetched(trust: Trust): Promise<void> {
  for (let i = 0; i < 1200; i += 1) {
    const authorities = await trust.desk.list();
    if (authorities.every(({ crl }) => crl.every(({ state }) => state === 'FRESH'))) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await trust.changed();
}

const asDoor = (platform: Awaited<ReturnType<Platforms['byCode']>>) => platform && deskView(platform);

export const FIELDS = {
  uscc: '91150102MA0N00016G',
  regCity: '150100',
  legalRep: '张三丰',
  phone: '13800138000',
  address: '内蒙古自治区呼和浩特市新城区测试路1号',
  roles: ['BIDDER'],
};

/** Further valid codes (OD-01), one per enterprise of a test. */
export const CODES = [
  '91320100MA1X00025T',
  '12152500460123458W',
  '91420000757013137P',
  '91150102MA0N002270',
] as const;

export type BoundHolder = { readonly browser: Browser; readonly key: TestKey };

/** Binds a new enterprise with a fresh key and logs it in. */
export async function boundHolder(
  world: World,
  options: { holder?: HolderSpec; fields?: Partial<typeof FIELDS> } = {},
): Promise<BoundHolder> {
  const uscc = options.holder?.uscc ?? FIELDS.uscc;
  const key = await world.home.issue(options.holder);
  const browser = world.browser();
  const bound = await bind(browser, key, { uscc, ...options.fields });
  if (bound.status !== 201) throw new Error(`binding failed: ${JSON.stringify(bound.body)}`);
  await logIn(browser, key);
  return { browser, key };
}

export async function bind(browser: Browser, key: TestKey, fields: Partial<typeof FIELDS> = {}) {
  const proof = await browser.proof('bind', key);
  return browser.call('/api/v1/hub/bindings', { body: { proof, fields: { ...FIELDS, ...fields } } });
}

export async function logIn(browser: Browser, key: TestKey) {
  const proof = await browser.proof('login', key);
  return browser.call('/api/v1/hub/logins', { body: proof });
}

export type DeskRoleName = 'clerk' | 'reviewer' | 'admin' | 'auditor';
export type Operator = { readonly browser: Browser; readonly key: TestKey };

/** Operators with these roles, one person per list, each logged in to the desk with their own key. */
export async function operators<const R extends readonly (readonly DeskRoleName[])[]>(
  world: World,
  roles: R,
): Promise<{ [K in keyof R]: Operator }> {
  const people = await Promise.all(
    roles.map(async (held) => ({ held, key: await world.home.issue({ kind: '经办人' }) })),
  );
  await world.desk.seed(
    people.map(({ held, key }, at) => ({
      name: `操作员${at}`,
      roles: [...held],
      certificate: toBase64(key.certificate),
    })),
  );
  const logged: Operator[] = [];
  for (const { key } of people) {
    const browser = world.browser();
    const proof = await browser.proof('desk-login', key);
    const answer = await browser.call('/api/v1/desk/session', { body: proof });
    if (answer.status !== 201) throw new Error(`desk login failed: ${JSON.stringify(answer.body)}`);
    logged.push({ browser, key });
  }
  return logged as { [K in keyof R]: Operator };
}

/** A second person decides a step, signed with their key. */
export async function decide(
  { browser, key }: Operator,
  { id, decision }: { id: string; decision: 'APPROVE' | 'REJECT' },
) {
  const proof = await browser.proof('desk-approve', key, { subject: `${decision}:${id}` });
  return browser.call(`/api/v1/desk/approvals/${id}/decision`, { body: { decision, note: '', proof } });
}

/** Gives a platform of the region the registration that logging in needs. */
export async function joinPlatform(world: World, code: string): Promise<void> {
  await world.platforms.registerGivenClients([
    {
      code,
      clientId: code,
      clientSecret: `secret-of-${code}-0123456789`,
      fields: {
        redirectUris: [`https://${code}.example/callback`],
        initiateLoginUri: `https://${code}.example/start`,
      },
    },
  ]);
}
