import type { RecordDetail, RecordPage } from '@hufu/contracts';
import type { Clock } from '@hufu/kernel';
import type { Module, Values } from '@hufu/library';
import type { App } from '../../../src/app.ts';
import { ANONYMOUS, type CallerFinder, type Member } from '../../../src/features/access/index.ts';
import { createEvidence } from '../../../src/features/evidence/index.ts';
import { createRecords, type RecordHook, type Records } from '../../../src/features/records/index.ts';
import { type Executor, tablesOf } from '../../../src/infra/database/database.ts';
import { type Answer, Browser } from '../hub/browser.ts';
import { type TestInfra, testApp, testInfra } from '../infra.ts';

export type RecordsWorld = {
  readonly infra: TestInfra;
  readonly app: App;
  readonly records: Records;
  /** Files that count as uploaded, beside those whose digest is all `f`. */
  readonly uploads: Set<string>;
  /** `entity/type` → what its certificate says. */
  readonly given: Map<string, Values>;
  /** May be set by a test: told in the transaction of every event. */
  readonly hooks: RecordHook[];
  /** An entity of its own, and a person of it. */
  entity(more?: Partial<Member>): Promise<Person>;
  close(): Promise<void>;
};

/** Somebody who is logged in to the library. */
export class Person {
  readonly member: Member;
  readonly #browser: Browser;

  constructor(base: string, member: Member) {
    this.member = member;
    this.#browser = new Browser(base);
  }

  call<T = Record<string, unknown>>(
    path: string,
    send: { method?: string; body?: unknown } = {},
  ): Promise<Answer<T>> {
    return this.#browser.call<T>(path, { ...send, headers: { [HEADER]: JSON.stringify(this.member) } });
  }

  /** The same entity through another door. */
  as(more: Partial<Member>): Person {
    return new Person(this.#browser.base, { ...this.member, ...more });
  }

  create(type: string, event: string, values: unknown, more: Record<string, unknown> = {}) {
    return this.call<RecordDetail>(`${RECORDS}/${type}`, { body: { event, values, ...more } });
  }

  change(type: string, id: string, body: Record<string, unknown>) {
    return this.call<RecordDetail>(`${RECORDS}/${type}/${id}/events`, { body });
  }

  detail(type: string, id: string) {
    return this.call<RecordDetail>(`${RECORDS}/${type}/${id}`);
  }

  list(type: string, query = '') {
    return this.call<RecordPage>(`${RECORDS}/${type}${query}`);
  }
}

export const RECORDS = '/api/v1/library/records';
const HEADER = 'x-test-member';

/** 1 MB of PDF that everybody has uploaded. */
export const FILE = {
  sha256: 'f'.repeat(64),
  name: '证明.pdf',
  size: 1_048_576,
  mediaType: 'application/pdf',
};

type EntityTables = {
  entity: { id: string; kind: string; uscc: string | null; id_no_hash: string | null; created_at: Date };
};

export const OWNER = { name: '江苏虎符建设有限公司', uscc: '91320100MA1X00025T' };

const MANY = { requests: 1_000_000, seconds: 1 };
const LIMITS = JSON.stringify({ request: MANY, 'records-import': MANY });

let counter = 0;

/** Records alone, over the ground: callers are who they say they are. */
export async function recordsWorld(
  options: { modules?: readonly Module[]; clock?: Clock; settings?: Record<string, string> } = {},
): Promise<RecordsWorld> {
  const { modules, clock, settings = {} } = options;
  const infra = await testInfra({
    ...(clock === undefined ? {} : { clock }),
    settings: { HUFU_RATE_LIMITS: LIMITS, ...settings },
  });
  const members: CallerFinder = async (request) => {
    const told = request.headers[HEADER];
    return typeof told === 'string' ? (JSON.parse(told) as Member) : ANONYMOUS;
  };
  const uploads = new Set<string>();
  const given = new Map<string, Values>();
  const hooks: RecordHook[] = [];
  const evidence = await createEvidence(infra);
  const records = createRecords(infra, {
    members,
    owner: async (executor: Executor, id: string) => {
      const found = await tablesOf<EntityTables>(executor)
        .selectFrom('entity')
        .select('id')
        .where('id', '=', id)
        .executeTakeFirst();
      return found && OWNER;
    },
    given: async (_executor, entityId, type) => given.get(`${entityId}/${type}`) ?? {},
    ownFiles: async (_executor, _entityId, sha256s) =>
      new Set(sha256s.filter((one) => one === FILE.sha256 || uploads.has(one))),
    evidence: (id, page) => evidence.ofRecord(id, page),
    hooks,
    ...(modules === undefined ? {} : { modules }),
  });
  await records.prepare();
  const app = await testApp(infra, [
    records.feature,
    evidence.feature({ holders: async () => ANONYMOUS, operators: async () => ANONYMOUS, members }),
  ]);
  return {
    infra,
    app,
    records,
    uploads,
    given,
    hooks,
    async entity(more = {}) {
      counter += 1;
      const entityId = `entity-${counter}`;
      const kind = more.entityKind ?? 'ORGANISATION';
      await tablesOf<EntityTables>(infra.database.db)
        .insertInto('entity')
        .values({
          id: entityId,
          kind,
          uscc: kind === 'ORGANISATION' ? `91320100MA1X${String(counter).padStart(6, '0')}` : null,
          id_no_hash: kind === 'ORGANISATION' ? null : `hash-${counter}`,
          created_at: new Date(infra.clock.now()),
        })
        .execute();
      return new Person(infra.config.baseUrl, {
        kind: 'member',
        sessionId: `session-${counter}`,
        entityId,
        entityKind: kind,
        entityState: 'ACTIVE',
        standing: kind === 'ORGANISATION' ? 'PRIMARY' : 'NATURAL',
        keyId: null,
        fingerprint: 'ab'.repeat(32),
        identity: null,
        modules: 'all',
        ...more,
      });
    },
    async close() {
      await app.close();
      await infra.dispose();
    },
  };
}
