import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Approval, ExchangeScope } from '@hufu/contracts';
import type { Clock } from '@hufu/kernel';
import { exampleValues, type FileValue, type Module, recordType, type Values } from '@hufu/library';
import { sql } from 'kysely';
import type { App } from '../../../src/app.ts';
import { ANONYMOUS, type CallerFinder, type Member } from '../../../src/features/access/index.ts';
import type { ApprovalKind, Proposal } from '../../../src/features/desk/index.ts';
import { changeLog, createEvidence } from '../../../src/features/evidence/index.ts';
import { createExchange, type EntityCard, type Exchange } from '../../../src/features/exchange/index.ts';
import { activations } from '../../../src/features/hub/index.ts';
import { createIdentity } from '../../../src/features/identity-provider/index.ts';
import { createPlatforms, type Platforms } from '../../../src/features/platforms/index.ts';
import { createRecords, type RecordRow, type Records } from '../../../src/features/records/index.ts';
import { readRegionProfile } from '../../../src/features/site/index.ts';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { ListedError } from '../../../src/infra/http/listed-error.ts';
import { DATA } from '../hub/hub-world.ts';
import { type TestInfra, testApp, testInfra } from '../infra.ts';

export type Told = { readonly kind: string; readonly entityId: string; readonly facts: unknown };

/**
 * The exchange over real platforms, tokens, records and evidence. Entities, their sync codes and what signing holds are
 * as small as can be; callers of the library and the desk are who they say they are.
 */
export type ExchangeWorld = {
  readonly infra: TestInfra;
  readonly app: App;
  readonly exchange: Exchange;
  readonly records: Records;
  readonly platforms: Platforms;
  readonly base: string;
  /** What people were told. */
  readonly told: Told[];
  /** Sync codes in force: code → entity. */
  readonly codes: Map<string, string>;
  /** Entities with a live session, as `<entity>@<client>`. */
  readonly sessions: Set<string>;
  /** Documents in signing, by task. */
  readonly tasks: Map<string, { state: 'OPEN' | 'SEALED' | 'ENDED'; sha256: string }>;
  entity(more?: Partial<EntityCard>): Promise<EntityCard>;
  freeze(entity: EntityCard): Promise<void>;
  activate(entity: EntityCard, platform: string): Promise<void>;
  /** A record of the entity, set off as its primary. */
  write(entity: EntityCard, type: string, event: string, more?: Partial<WriteMore>): Promise<RecordRow>;
  /** A file that the store holds. */
  file(name: string): Promise<FileValue>;
  platform(code: string): TestPlatform;
  member(entity: EntityCard, more?: Partial<Member>): Caller;
  operator(...roles: string[]): Caller;
  /** The second person's yes to what somebody proposed. */
  approve(approval: string): Promise<void>;
  /** An administrator puts it, another one approves. @returns what the first was answered */
  agreed(path: string, body: unknown): Promise<Reply<Approval>>;
  /** Waits until all that was recorded has its place in the log. @returns how many leaves there are */
  logged(): Promise<number>;
  close(): Promise<void>;
};

type WriteMore = { id: string; taken: Values; by: 'primary' | 'system'; reason: string; proof: FileValue[] };
export type Reply<T = Record<string, unknown>> = { status: number; body: T; headers: Headers };
type Send = { method?: string; body?: unknown; headers?: Record<string, string> };
export type Caller = <T = Record<string, unknown>>(path: string, send?: Send) => Promise<Reply<T>>;

export type TestPlatform = {
  readonly code: string;
  token(scope: ExchangeScope | string): Promise<Reply<{ access_token: string }>>;
  /** With a token of the use, and a fresh idempotency key. */
  call<T = Record<string, unknown>>(scope: ExchangeScope, path: string, send?: Send): Promise<Reply<T>>;
};

const MEMBER = 'x-test-member';
const OPERATOR = 'x-test-operator';
export const secretOf = (code: string): string => `secret-of-${code}-0123456789`;

const USCC = ['91150102MA0N00016G', '91320100MA1X00025T', '91420000757013137P', '12152500460123458W'];

type Deciding = Parameters<ApprovalKind['apply']>[1];

const approvalView = (
  id: string,
  { proposal, reason }: { readonly proposal: Proposal; readonly reason: string },
): Approval => ({
  id,
  kind: proposal.kind,
  subject: proposal.subject,
  summary: proposal.summary,
  changes: [...proposal.changes],
  reason,
  state: 'OPEN',
  proposedBy: 'operator-1',
  proposedAt: new Date().toISOString(),
  decidedBy: null,
  decidedAt: null,
  decisionNote: null,
  expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  mine: true,
});

/** All tests come from one address and as few platforms. */
const GENEROUS = JSON.stringify(
  Object.fromEntries(
    ['request', 'exchange-platform', 'oidc-token', 'oidc-client'].map((name) => [
      name,
      { requests: 1_000_000, seconds: 1 },
    ]),
  ),
);

export async function exchangeWorld(
  options: { clock?: Clock; modules?: readonly Module[] } = {},
): Promise<ExchangeWorld> {
  const infra = await testInfra({
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    settings: { HUFU_RATE_LIMITS: GENEROUS },
  });
  const { database } = infra;
  const { db } = database;
  const platforms = createPlatforms(infra);
  const identity = await createIdentity(infra, platforms.clients);
  const provider = identity.feature({
    entities: { recordSql: (id) => `to_jsonb(${id})`, claims: () => undefined },
    listener: { inOneStatement: () => undefined, platformEntered: async () => {} },
    presenter: {
      standingSql: () => 'null::jsonb',
      admit: async () => {},
      show: () => Promise.reject(new Error('no logins here')),
    },
  });
  const entities = new Map<string, EntityCard>();
  const codes = new Map<string, string>();
  const sessions = new Set<string>();
  const told: Told[] = [];
  const tasks: ExchangeWorld['tasks'] = new Map();
  const proposals = new Map<string, Proposal & { readonly reason: string }>();
  const members: CallerFinder = async ({ headers }) => {
    const who = headers[MEMBER];
    return typeof who === 'string' ? (JSON.parse(who) as Member) : ANONYMOUS;
  };
  const operators: CallerFinder = async ({ headers }) => {
    const who = headers[OPERATOR];
    if (typeof who !== 'string') return ANONYMOUS;
    const roles = who.split(',') as never[];
    return {
      kind: 'operator',
      sessionId: 's',
      operatorId: 'operator-1',
      fingerprint: 'cd'.repeat(32),
      roles,
    };
  };
  let hook: Exchange['recordHook'] | undefined;
  const evidence = await createEvidence(infra);
  const records = createRecords(infra, {
    members,
    owner: async (_executor, id) => entities.get(id),
    given: async (_executor, id, type): Promise<Values> => {
      const { name, uscc } = entities.get(id)!;
      return type === 'organisation' ? { entityName: name, uscc } : {};
    },
    ownFiles: async (_executor, _entityId, sha256s) => new Set(sha256s),
    evidence: (id, page) => evidence.ofRecord(id, page),
    hooks: [(tx, change) => hook?.(tx, change) ?? Promise.resolve()],
    ...(options.modules === undefined ? {} : { modules: options.modules }),
  });
  const exchange = await createExchange(infra, {
    members,
    operators,
    async propose(_request, { proposal, reason }) {
      const id = randomUUID();
      // As the database keeps it.
      proposals.set(id, { ...(JSON.parse(JSON.stringify(proposal)) as Proposal), reason });
      return approvalView(id, { proposal, reason });
    },
    tokens: identity.serverTokens,
    sessions: {
      isAt: async (_executor, { entityId, clientId }) => sessions.has(`${entityId}@${clientId}`),
    },
    platforms,
    activations,
    changes: changeLog,
    entities: {
      byId: async (_executor, id) => entities.get(id),
      byUscc: async (_executor, uscc) => [...entities.values()].find((one) => one.uscc === uscc),
    },
    syncCodes: {
      async spend(tx, { code, uscc, platformCode, platformUser }) {
        const user = `${platformCode}/${platformUser}`;
        const { rows } = await sql<{
          wrong: number;
        }>`select wrong from test_trial where who = ${user}`.execute(tx);
        if ((rows[0]?.wrong ?? 0) >= 5)
          return { ok: false, code: 'SYNC_CODE_LOCKED', lockedUntil: new Date() };
        const entityId = codes.get(code);
        const right = entityId !== undefined && entities.get(entityId)?.uscc === uscc;
        // The database decides which of two comes first.
        const first =
          right &&
          (await sql`insert into test_used values (${code}) on conflict do nothing returning 1`.execute(tx));
        if (!right || first === false || first.rows.length === 0) {
          await sql`
            insert into test_trial values (${user}, 1)
            on conflict (who) do update set wrong = test_trial.wrong + 1`.execute(tx);
          return { ok: false, code: 'SYNC_CODE_WRONG' };
        }
        return { ok: true, entityId };
      },
    },
    records,
    files: {
      async send({ reply }, { sha256 }) {
        const { stream, mediaType } = await infra.attachments.open(sha256);
        return reply.type(mediaType).send(stream);
      },
    },
    sealings: {
      async open({ file }) {
        const id = randomUUID();
        const { sha256 } = await infra.attachments.store(Readable.from([file.bytes]));
        tasks.set(id, { state: 'OPEN', sha256 });
        return id;
      },
      standing: async (_executor, id) => tasks.get(id)!,
    },
    notify: async (_tx, { kind, entityId, facts }) => {
      told.push({ kind, entityId, facts });
    },
  });
  hook = exchange.recordHook;
  await records.prepare();
  await sql`create table test_trial (who text primary key, wrong int not null)`.execute(db);
  await sql`create table test_used (code text primary key)`.execute(db);
  await platforms.seed(readRegionProfile(DATA, infra.config.regionProfile).platforms);
  for (const code of ['hohhot', 'ulanqab', 'baotou']) {
    await platforms.registerGivenClients([
      {
        code,
        clientId: `client-of-${code}`,
        clientSecret: secretOf(code),
        fields: { redirectUris: [`https://${code}.example/callback`] },
      },
    ]);
  }
  const app = await testApp(infra, [
    platforms.feature,
    provider,
    records.feature,
    evidence.feature({ holders: async () => ANONYMOUS, operators, members }),
    exchange.feature,
  ]);
  const { baseUrl: base } = infra.config;

  const call: Caller = async (path, { method, body, headers } = {}) => {
    const isForm = body instanceof FormData;
    const answer = await fetch(new URL(path, base), {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      redirect: 'manual',
      headers: {
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = (answer.headers.get('content-type') ?? '').includes('json');
    return {
      status: answer.status,
      body: (isJson ? JSON.parse(text) : text) as never,
      headers: answer.headers,
    };
  };
  const as =
    (name: string, value: string): Caller =>
    (path, send = {}) =>
      call(path, { ...send, headers: { ...send.headers, [name]: value } });

  const approve = async (id: string): Promise<void> => {
    const { kind, payload, reason } = proposals.get(id)!;
    const row = { id, kind, payload, reason } as Deciding['row'];
    const actor = { kind: 'operator', id: 'operator-2', certificate: 'ef'.repeat(32) } as const;
    await withTransaction(database, (tx) => exchange.kinds[kind]!.apply(tx, { row, actor }));
  };

  let counter = 0;
  return {
    infra,
    app,
    exchange,
    records,
    platforms,
    base,
    told,
    codes,
    sessions,
    tasks,
    async entity(more = {}) {
      const id = `entity-${counter}`;
      const uscc = USCC[counter] ?? `91320100MA1X${String(counter).padStart(6, '0')}`;
      counter += 1;
      const card: EntityCard = {
        id,
        kind: 'ORGANISATION',
        name: '江苏虎符建设有限公司',
        uscc,
        roles: ['BIDDER'],
        state: 'ACTIVE',
        ...more,
      };
      entities.set(id, card);
      await sql`insert into entity (id, kind, uscc, created_at) values (${id}, ${card.kind}, ${card.uscc}, now())`.execute(
        db,
      );
      return card;
    },
    async freeze(entity) {
      entities.set(entity.id, { ...entity, state: 'FROZEN' });
      await withTransaction(database, (tx) => exchange.entityFrozen(tx, entity.id));
    },
    async activate({ id, uscc, name }, platform) {
      const digest = createHash('sha256').update(id).digest('hex');
      await sql`
        insert into enterprise (id, uscc, unit_name, unit_name_key, reg_city, legal_rep_sealed, phone_sealed, address_sealed,
                                roles, state, bound_at, created_at, updated_at)
        values (${id}, ${uscc}, ${name}, ${name}, '150100', '', '', '', '["BIDDER"]', 'BOUND', now(), now(), now())
        on conflict do nothing`.execute(db);
      await sql`
        insert into enterprise_certificate (id, enterprise_id, role, state, issuer_sha256, serial_number, spki_sha256,
            fingerprint, certificate, authority_id, authority_name, issuer_name, unit_name, uscc, holder_kind, cert_key_no,
            cert_key_no_assigned, medium, algorithm, valid_from, valid_to, bound_at)
        values (${`key-of-${id}`}, ${id}, 'PRIMARY', 'BOUND', ${digest}, 'ab', ${digest}, ${digest}, '', 'a', 'a', 'a', ${name},
                ${uscc}, 'enterprise', '1', false, 'software', 'SM2', now(), now() + interval '1 year', now())
        on conflict do nothing`.execute(db);
      await sql`
        insert into platform_activation (enterprise_id, platform_code, activated_at, activated_with, last_login_at)
        values (${id}, ${platform}, now(), ${`key-of-${id}`}, now()) on conflict do nothing`.execute(db);
    },
    write: (entity, type, event, { by = 'primary', ...more } = {}) =>
      withTransaction(database, (tx) =>
        records.write(tx, {
          entityId: entity.id,
          type,
          event,
          by,
          actor: { kind: 'entity', id: entity.id },
          ...more,
        }),
      ).catch((error: unknown) => {
        const faults = error instanceof ListedError ? ` ${JSON.stringify(error.complaints)}` : '';
        throw new Error(`${type} ${event}: ${String(error)}${faults}`, { cause: error });
      }),
    async file(name) {
      const bytes = Buffer.from(`%PDF-1.7\n${name} ${randomUUID()}\n%%EOF\n`);
      const { sha256, size, mediaType } = await infra.attachments.store(Readable.from([bytes]));
      return { sha256, name, size, mediaType };
    },
    platform: (code) => {
      const token = (scope: string) => {
        const basic = Buffer.from(`client-of-${code}:${secretOf(code)}`).toString('base64');
        return fetch(`${base}/oidc/token`, {
          method: 'POST',
          headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
        }).then(async (answer) => ({
          status: answer.status,
          body: (await answer.json()) as { access_token: string },
          headers: answer.headers,
        }));
      };
      return {
        code,
        token,
        async call(scope, path, send = {}) {
          const { body } = await token(scope);
          const headers = {
            authorization: `Bearer ${body.access_token}`,
            'idempotency-key': randomUUID(),
            ...send.headers,
          };
          return call(path, { ...send, headers });
        },
      };
    },
    member: (entity, more = {}) =>
      as(
        MEMBER,
        JSON.stringify({
          kind: 'member',
          sessionId: 'session',
          entityId: entity.id,
          entityKind: entity.kind,
          entityState: entity.state,
          standing: 'PRIMARY',
          keyId: 'key',
          fingerprint: 'ab'.repeat(32),
          identity: 'BIDDER',
          modules: 'all',
          ...more,
        } satisfies Member),
      ),
    operator: (...roles) => as(OPERATOR, roles.join(',')),
    approve,
    async agreed(path, body) {
      const opened = await as(OPERATOR, 'admin')<Approval>(path, { method: 'PUT', body });
      if (opened.status === 202) await approve(opened.body.id);
      return opened;
    },
    async logged() {
      for (let tries = 0; tries < 400; tries += 1) {
        const { rows } = await sql<{
          waiting: boolean;
        }>`select exists (select from ledger_outbox) as waiting`.execute(db);
        if (rows[0]?.waiting === false) break;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      return changeLog.size(db, false);
    },
    async close() {
      await app.close();
      await infra.dispose();
    },
  };
}

/** Complete values of a type, over files that the store holds. */
export async function valuesOf(
  world: ExchangeWorld,
  type: string,
  more: {
    entity?: EntityCard;
    seed?: number;
    event?: string;
    set?: Values;
    reference?: (name: string) => string | undefined;
  } = {},
): Promise<Values> {
  const file = await world.file(`${type}.pdf`);
  const values = exampleValues(recordType(type), {
    seed: more.seed ?? 1,
    ...(more.event === undefined ? {} : { event: more.event }),
    ...(more.entity === undefined ? {} : { entity: { name: more.entity.name, uscc: more.entity.uscc } }),
    file: () => file,
    reference: (field) => more.reference?.(field.name),
  });
  // What the certificate says comes from the certificate.
  const { uscc: _, entityName: __, ...typed } = values;
  return { ...typed, ...more.set };
}
