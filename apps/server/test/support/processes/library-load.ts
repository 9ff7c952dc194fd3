/**
 * Loads of the entity library on a PostgreSQL, for the benches `library`, `search` and `import`: prints what was measured as JSON
 * on its last line. First argument: `Orders` as JSON.
 */
import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import { systemClock } from '@hufu/kernel';
import { exampleValues, recordType } from '@hufu/library';
import { createApp } from '../../../src/app.ts';
import { ANONYMOUS, type Member } from '../../../src/features/access/index.ts';
import { createDirectory } from '../../../src/features/entities/accounts/directory.ts';
import { createEvidence } from '../../../src/features/evidence/index.ts';
import { createRecords } from '../../../src/features/records/index.ts';
import { startImport } from '../../../src/features/stewards/imports/imports.ts';
import { judgeRows } from '../../../src/features/stewards/imports/judge-rows.ts';
import { stageRows } from '../../../src/features/stewards/imports/stage-rows.ts';
import { writeRows } from '../../../src/features/stewards/imports/write-rows.ts';
import type { StewardDeps } from '../../../src/features/stewards/ports.ts';
import { findEntities } from '../../../src/features/stewards/search/find-entities.ts';
import { fillSearch } from '../../../src/features/stewards/search/rebuild.ts';
import { fillDatabase } from '../../../src/generate/fill-database.ts';
import { layGround } from '../../../src/ground.ts';
import { readConfig } from '../../../src/infra/config/config.ts';
import type { Infra } from '../../../src/infra/infra.ts';
import { directoryTransport } from '../../../src/infra/mail/mail.ts';

type Orders = {
  readonly load: 'records' | 'search' | 'import';
  readonly url: string;
  readonly directory: string;
  readonly migrations: string;
  readonly port: number;
  /** Organisations, growing. */
  readonly sizes: readonly number[];
};

const SEED = 1;
const WARM_UP = 50;
const CALLS = 400;
const HEADER = 'x-bench-entity';
const UNLIMITED = JSON.stringify({ request: { requests: 1_000_000, seconds: 1 } });
const FILE = { sha256: 'f'.repeat(64), name: '证明.pdf', size: 1_048_576, mediaType: 'application/pdf' };

const orders = JSON.parse(process.argv[2] ?? '') as Orders;
const infra = await layGround({
  config: readConfig(
    {
      HUFU_MODE: 'demo',
      HUFU_DATA: orders.directory,
      HUFU_PORT: String(orders.port),
      HUFU_LOG_LEVEL: 'error',
      HUFU_RATE_LIMITS: UNLIMITED,
      DATABASE_URL: orders.url,
    },
    (file) => fs.readFileSync(file, 'utf8'),
  ),
  clock: systemClock,
  migrations: orders.migrations,
});
const rowsOf = async <T>(query: string, values: unknown[] = []): Promise<T[]> =>
  (await infra.database.pool.query(query, values)).rows as T[];

async function timed(call: (at: number) => Promise<unknown>): Promise<{ p50: number; p95: number }> {
  for (let at = 0; at < WARM_UP; at += 1) await call(at);
  const times: number[] = [];
  for (let at = 0; at < CALLS; at += 1) {
    const begun = performance.now();
    await call(WARM_UP + at);
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  return { p50: times[CALLS >> 1]!, p95: times[Math.floor(CALLS * 0.95)]! };
}

const flat = (name: string, { p50, p95 }: { p50: number; p95: number }) => ({
  [`${name}P50`]: p50,
  [`${name}P95`]: p95,
});

async function recordsOf(ground: Infra) {
  const evidence = await createEvidence(ground);
  const members = async ({ headers }: { headers: Record<string, unknown> }) => {
    const entityId = headers[HEADER];
    return typeof entityId === 'string' ? memberOf(entityId) : ANONYMOUS;
  };
  const records = createRecords(ground, {
    members,
    owner: async () => ({ name: '呼和浩特青山建设工程有限公司', uscc: null }),
    ownFiles: async (_executor, _entity, sha256s) => new Set(sha256s),
    evidence: (id, page) => evidence.ofRecord(id, page),
    hooks: [],
  });
  return { evidence, members, records };
}

/** The records' API over HTTP, with evidence, as one organisation after another. */
async function steps(ground: Infra): Promise<() => Promise<Record<string, number>>> {
  const { evidence, members, records } = await recordsOf(ground);
  const nobody = async () => ANONYMOUS;
  const app = await createApp({
    infra: ground,
    features: [records.feature, evidence.feature({ holders: nobody, operators: nobody, members })],
    mailTransport: directoryTransport(`${orders.directory}/mail`, ground.config.mailFrom),
    portalDirectory: orders.directory,
  });
  fs.writeFileSync(`${orders.directory}/index.html`, '<!doctype html>');
  await app.listen();
  const call = async (entityId: string, address: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${ground.config.baseUrl}/api/v1/library/records/${address}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        [HEADER]: entityId,
        origin: new URL(ground.config.baseUrl).origin,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${address}: ${answer.status} ${text}`);
    return text;
  };
  const award = recordType('award');
  let seed = 1_000_000;
  return async () => {
    const people = await rowsOf<{ id: string; entity_id: string }>(
      `select id, entity_id from library_person tablesample system (10) limit ${WARM_UP + CALLS}`,
    );
    const at = (index: number) => people[index % people.length]!;
    return {
      ...flat('list', await timed((i) => call(at(i).entity_id, 'person?sort=-updatedAt'))),
      ...flat('detail', await timed((i) => call(at(i).entity_id, `person/${at(i).id}`))),
      ...flat(
        'submit',
        await timed((i) => {
          seed += 1;
          const values = exampleValues(award, { seed, file: () => FILE, reference: () => undefined });
          return call(at(i).entity_id, 'award', { event: 'submit', values });
        }),
      ),
    };
  };
}

function memberOf(entityId: string): Member {
  return {
    kind: 'member',
    sessionId: 'bench',
    entityId,
    entityKind: 'ORGANISATION',
    entityState: 'ACTIVE',
    standing: 'PRIMARY',
    keyId: null,
    fingerprint: 'ab'.repeat(32),
    identity: null,
    modules: 'all',
  };
}

/** The desk's search: parts of names that are there, of two, four and all characters. */
async function searches(ground: Infra): Promise<() => Promise<Record<string, number>>> {
  const { database, cipher } = ground;
  const { records } = await recordsOf(ground);
  return async () => {
    await fillSearch(database);
    await rowsOf('analyze library_search');
    const names = await rowsOf<{ name: string }>(
      `select name from library_entity tablesample system (10) limit ${WARM_UP + CALLS}`,
    );
    const part = (index: number, length: number) => {
      const { name } = names[index % names.length]!;
      const start = randomInt(Math.max(1, name.length - length));
      return name.slice(start, start + length);
    };
    const found = (q: string) => findEntities({ executor: database.db, cipher, records }, { q, page: 1 });
    return {
      ...flat('two', await timed((i) => found(part(i, 2)))),
      ...flat('four', await timed((i) => found(part(i, 4)))),
      ...flat('whole', await timed((i) => found(names[i % names.length]!.name))),
    };
  };
}

/** Sheets of bank accounts, two for each organisation: staged, judged and written as the desk's job does it. */
async function imports(ground: Infra): Promise<(size: number) => Promise<Record<string, number>>> {
  const { records } = await recordsOf(ground);
  await records.prepare();
  const directory = createDirectory(ground);
  const deps = { ...ground, directory, records } as unknown as StewardDeps;
  let accounts = 0;
  return async (size) => {
    const codes = await rowsOf<{ uscc: string }>('select uscc from entity where uscc is not null limit $1', [
      size,
    ]);
    const lines = [...codes, ...codes].map(({ uscc }) => {
      accounts += 1;
      return `${uscc},一般存款账户,青山建设,${6_200_000_000_000_000 + accounts},中国工商银行,城中支行`;
    });
    const sheet = ['统一社会信用代码,账户类型,账户名称,银行账号,开户银行,开户网点', ...lines].join('\n');
    const id = await startImport(deps, {
      typeName: 'bank-account',
      fileName: 'bench.csv',
      bytes: new TextEncoder().encode(sheet),
      actor: { kind: 'operator', id: 'bench' },
      from: {},
    });
    const perSecond = async (work: () => Promise<void>) => {
      const begun = performance.now();
      await work();
      return lines.length / ((performance.now() - begun) / 1000);
    };
    const staged = await perSecond(() => stageRows(deps, id));
    const judged = await perSecond(() => judgeRows(deps, id));
    await rowsOf("update library_import set state = 'WRITING' where id = $1", [id]);
    const written = await perSecond(() => writeRows(deps, id));
    const [done] = await rowsOf<{ count: number }>(
      "select count(*)::int as count from library_import_row where import_id = $1 and verdict = 'WRITTEN'",
      [id],
    );
    if (done?.count !== lines.length) throw new Error(`written ${done?.count} of ${lines.length}`);
    return { rows: lines.length, staged, judged, written };
  };
}

const grown: Record<string, number>[] = [];
let filled = 0;
const LOADS = { records: steps, search: searches, import: imports };
const measure = await LOADS[orders.load](infra);
for (const entities of orders.sizes) {
  const begun = performance.now();
  await fillDatabase(infra, { entities, from: filled, seed: SEED });
  const seconds = (performance.now() - begun) / 1000;
  await rowsOf('vacuum analyze');
  const [{ records }] = (await rowsOf<{ records: number }>(
    'select count(*)::int as records from library_record_version',
  )) as [{ records: number }];
  const filling = (entities - filled) / seconds;
  filled = entities;
  grown.push({ entities, records, filling, ...(await measure(entities)) });
}
console.log(JSON.stringify(grown));
process.exit(0);
