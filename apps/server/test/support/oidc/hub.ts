import type { CertificateView, InteractionDetails, PlatformPublic } from '@hufu/contracts';
import type { App } from '../../../src/app.ts';
import {
  type ClientRegistration,
  createIdentity,
  type EntityClaims,
  type Identity,
  type SessionFacts,
} from '../../../src/features/identity-provider/index.ts';
import { withTransaction } from '../../../src/infra/database/database.ts';
import type { Feature } from '../../../src/infra/feature.ts';
import { type TestInfra, type TestInfraOptions, testApp, testInfra } from '../infra.ts';
import { Browser } from './browser.ts';
import { type Platform, SECRET } from './platform.ts';

export const FACTS: SessionFacts = {
  entityId: 'entity-1',
  certificateId: 'certificate-1',
  role: 'PRIMARY',
  certificate: { serial: '5f3a00c1', issuer: 'CN=Test Root', kind: 'enterprise', medium: 'usb-key' },
  acr: 'urn:hufu:acr:usb-key',
  amr: ['hwk', 'pin', 'mfa'],
};

const PLATFORM: PlatformPublic = {
  code: '',
  name: '测试平台',
  nameEn: 'Test platform',
  group: 'WEST',
  joined: true,
  suspended: false,
  homeUrl: null,
  supportPhone: '12345',
  subsystems: [],
};

const CERTIFICATE: CertificateView = {
  serialNumber: FACTS.certificate.serial,
  issuerName: FACTS.certificate.issuer,
  authority: null,
  unitName: '内蒙古测试有限公司',
  uscc: null,
  holderKind: 'enterprise',
  certKeyNo: '1',
  medium: 'usb-key',
  validFrom: '2026-01-01T00:00:00Z',
  validTo: '2027-01-01T00:00:00Z',
  algorithm: 'SM2',
  fingerprint: '00',
};

/** The provider with a hub that is as small as can be: entities in a map, a login without a key. */
export type TestHub = {
  readonly infra: TestInfra;
  readonly app: App;
  readonly issuer: string;
  readonly identity: Identity;
  readonly clients: Map<string, ClientRegistration>;
  readonly entities: Map<string, EntityClaims>;
  readonly entered: { entityId: string; clientId: string }[];
  browser(): Browser;
  /** Logs the browser in, as the hub does after a good signature. */
  logIn(browser: Browser, facts?: Partial<SessionFacts>): Promise<string>;
  /** Goes from the platform's request through both confirmations, back to the platform. */
  walk(browser: Browser, url: string): Promise<URL>;
  close(): Promise<void>;
};

export async function startHub(
  platforms: readonly Platform[],
  options: TestInfraOptions = {},
): Promise<TestHub> {
  const infra = await testInfra(options);
  const clients = new Map(platforms.map((one) => [one.clientId, one.registration]));
  const entities = new Map<string, EntityClaims>([
    [FACTS.entityId, { uscc: '91150102MA0N5B9H71', name: '内蒙古测试有限公司', roles: ['BIDDER'] }],
  ]);
  const entered: { entityId: string; clientId: string }[] = [];
  const identity = await createIdentity(infra, {
    find: async (clientId) => clients.get(clientId),
    revisionSql: `'1'`,
    verifySecret: async (_clientId, secret) => secret === SECRET,
  });
  const provider = identity.feature({
    entities: {
      recordSql: (id) => `to_jsonb(${id})`,
      claims: (id) => entities.get(String(id)),
    },
    listener: {
      inOneStatement: () => undefined,
      async platformEntered(_tx, { entityId, clientId }) {
        entered.push({ entityId, clientId });
      },
    },
    presenter: {
      standingSql: () => 'null::jsonb',
      admit: async () => {},
      async show({ uid, session, restartUrl, clientId, expiresAt: until }) {
        const platform = { ...PLATFORM, code: clientId };
        const expiresAt = until.toISOString();
        const page = { uid, restartUrl, platform, session: null, expiresAt };
        if (!session) return { ...page, step: 'LOGIN', authorisation: null };
        const shown = { platform, claims: [], certificate: CERTIFICATE, firstTime: true, expiresAt };
        return { ...page, step: 'AUTHORISE', authorisation: { id: session.id, ...shown } };
      },
    },
  });
  const login: Feature = {
    name: 'test-login',
    register(http) {
      http.post('/test/login', async (request, reply) => {
        const facts = { ...FACTS, ...(request.body as object) };
        const session = await withTransaction(infra.database, (tx) =>
          identity.sessions.create(tx, { request, reply, facts }),
        );
        return { id: session.id };
      });
      http.post('/test/logout', async (request, reply) => {
        await withTransaction(infra.database, (tx) => identity.sessions.end(tx, { request, reply }));
        infra.outbox.poke();
        return {};
      });
      http.get('/test/session', async (request) => (await identity.sessions.find(request)) ?? {});
      http.post('/test/intent', async (request) => {
        const session = await identity.sessions.find(request);
        const { clientId } = request.body as { clientId: string };
        return withTransaction(infra.database, (tx) =>
          identity.intents.create(tx, { sessionId: session!.id, clientId }),
        );
      });
    },
  };
  const app = await testApp(infra, [provider, login]);
  const issuer = `${infra.config.baseUrl}/oidc`;
  return {
    infra,
    app,
    issuer,
    identity,
    clients,
    entities,
    entered,
    browser: () => new Browser(infra.config.baseUrl),
    async logIn(browser, facts = {}) {
      return (await browser.api<{ id: string }>('/test/login', 'POST', facts)).body.id;
    },
    async walk(browser, url) {
      const uid = await atInteraction(browser, url);
      const { status, body } = await confirm(browser, uid, await authorised(browser, uid));
      if (status !== 200) throw new Error(`confirm: ${JSON.stringify(body)}`);
      const end = await browser.follow(body.redirectTo);
      if ('left' in end) return end.left;
      throw new Error(`stayed with ${end.stayed.status}: ${await end.stayed.text()}`);
    },
    async close() {
      await app.close();
      await infra.dispose();
    },
  };
}

/** What the page shows before 「确认授权」. @returns the id of what 「确认登录」 must name */
export async function authorised(browser: Browser, uid: string): Promise<string | null> {
  const { body } = await browser.api<InteractionDetails>(`/interaction/${uid}/details`);
  return body.authorisation?.id ?? null;
}

/** 「确认登录」, after 「确认授权」 of what is named. */
export const confirm = (browser: Browser, uid: string, authorisation: string | null) =>
  browser.api<{ redirectTo: string; code: string }>(`/interaction/${uid}/confirm`, 'POST', { authorisation });

/** Opens the platform's request and returns the interaction that it led to. */
export async function atInteraction(browser: Browser, url: string): Promise<string> {
  const end = await browser.follow(url);
  if ('left' in end) throw new Error(`left to ${end.left.href}`);
  const uid = /\/interaction\/([\w-]+)$/.exec(end.at)?.[1];
  if (uid === undefined) throw new Error(`at ${end.at} with ${end.stayed.status}`);
  return uid;
}
