import { HUB_ERRORS } from '@hufu/contracts';
import { type Clock, systemClock } from '@hufu/kernel';
import type { App } from '../../../src/app.ts';
import { createHub, type Hub } from '../../../src/features/hub/index.ts';
import { createPlatforms, deskView, type Platforms } from '../../../src/features/platforms/index.ts';
import { createTrust, TRUST_ERRORS, type Trust } from '../../../src/features/trust/index.ts';
import { INFRA_ERRORS } from '../../../src/infra/errors.ts';
import { type TestInfra, testApp, testInfra } from '../infra.ts';
import { Browser } from './browser.ts';
import { fakeSessions } from './fake-sessions.ts';
import { type HolderSpec, PROFILE, TestAuthority, type TestKey } from './test-authority.ts';

export type World = {
  readonly infra: TestInfra;
  readonly app: App;
  readonly hub: Hub;
  readonly trust: Trust;
  readonly platforms: Platforms;
  readonly home: TestAuthority;
  /** An authority of another province. */
  readonly foreign: TestAuthority;
  readonly base: string;
  browser(): Browser;
  close(): Promise<void>;
};

export async function hubWorld(
  options: { clock?: Clock; settings?: Record<string, string> } = {},
): Promise<World> {
  const clock = options.clock ?? systemClock;
  const infra = await testInfra({ ...options, clock });
  const home = new TestAuthority({ id: 'nmca', now: () => clock.now() });
  const foreign = new TestAuthority({ id: 'zjca', region: '330000', now: () => clock.now() });
  const trust = createTrust(infra, {
    region: '150000',
    fetch: (request) => (request.url.includes('nmca') ? home : foreign).answer(request),
  });
  const platforms = createPlatforms(infra);
  const { sessions, intents } = fakeSessions();
  const hub = createHub(
    {
      ...infra,
      judge: trust.certificates,
      authority: async (id) => (await trust.contacts()).find((one) => one.id === id),
      sessions,
      intents,
      platforms: {
        all: async () => (await platforms.all()).map(deskView),
        byCode: async (code) => asDoor(await platforms.byCode(code)),
        byClientId: async (clientId, executor) => asDoor(await platforms.byClientId(clientId, executor)),
      },
      origin: infra.config.baseUrl,
      cities: new Set(['150100', '150200']),
      register: { ...INFRA_ERRORS, ...HUB_ERRORS, ...TRUST_ERRORS },
    },
    {},
  );
  await trust.seed({ profiles: [PROFILE], authorities: [await home.form(), await foreign.form()] });
  const app = await testApp(infra, [platforms.feature, trust.feature, hub.feature]);
  return {
    infra,
    app,
    hub,
    trust,
    platforms,
    home,
    foreign,
    base: infra.config.baseUrl,
    browser: () => new Browser(infra.config.baseUrl),
    async close() {
      await app.close();
      await infra.dispose();
    },
  };
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

/** Binds a new enterprise with a fresh key and logs it in. */
export async function boundHolder(
  world: World,
  options: { holder?: HolderSpec; fields?: Partial<typeof FIELDS> } = {},
): Promise<{ browser: Browser; key: TestKey }> {
  const key = await world.home.issue(options.holder);
  const browser = world.browser();
  const proof = await browser.proof('bind', key);
  const bound = await browser.call('/api/v1/hub/bindings', {
    body: { proof, fields: { ...FIELDS, ...options.fields } },
  });
  if (bound.status !== 201) throw new Error(`binding failed: ${JSON.stringify(bound.body)}`);
  await logIn(browser, key);
  return { browser, key };
}

export async function logIn(browser: Browser, key: TestKey) {
  const proof = await browser.proof('login', key);
  return browser.call('/api/v1/hub/logins', { body: proof });
}
