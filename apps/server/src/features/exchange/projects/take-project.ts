import { type ProjectAnswer, TradedProject } from '@hufu/contracts';
import { decodeJwt } from 'jose';
import type { z } from 'zod';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import { type ExchangeDeps, type PlatformBy, platformActor } from '../deps.ts';
import { exchangeError } from '../errors.ts';
import { readSigned } from '../jws/read-signed.ts';
import { registrationOf } from '../registration/registration-store.ts';
import {
  enterProject,
  keepProject,
  lockProject,
  type ProjectRow,
  waitingEnterprises,
  waitingProjects,
} from './project-store.ts';

const PROJECT_TYPE = 'hufu-project+jws';

type Project = z.output<typeof TradedProject>;
type Taking = { readonly statement: string; readonly by: PlatformBy };

/** Boards of 企业项目信息 (LIB-PROJ-01). */
const recordTypeOf = ({ board }: Pick<Project, 'board'>): string => `project-${board}`;

const answer = (row: ProjectRow): ProjectAnswer => ({
  tradeNo: row.trade_no,
  section: row.section,
  state: row.state,
  record: row.record_id,
});

const payloadOf = (jws: string): string | undefined => jws.split('.')[1];

/**
 * A platform reports a traded project, signed. One project is one trade number and section, whoever reports it twice;
 * what it says is locked for the enterprise (LIB-PROJ-02, LIB-PERF-11). An enterprise that the library does not know
 * yet finds it in its list later.
 * @throws EXCHANGE_SIGNER_UNKNOWN, EXCHANGE_SIGNATURE, EXCHANGE_STATEMENT, EXCHANGE_STATEMENT_OLD,
 * EXCHANGE_PROJECT_FOREIGN, and what the record's own rules refuse
 */
export async function takeProject(deps: ExchangeDeps, { statement, by }: Taking): Promise<ProjectAnswer> {
  const { keys } = await registrationOf(deps.database.db, by.code);
  const project = await readSigned({ jws: statement, type: PROJECT_TYPE, keys, schema: TradedProject });
  if (project.iss !== by.clientId || project.aud !== deps.config.baseUrl) {
    throw exchangeError('EXCHANGE_STATEMENT', { part: project.iss === by.clientId ? 'aud' : 'iss' });
  }
  const issuedAt = new Date(project.iat * 1000);
  return withTransaction(deps.database, async (tx) => {
    const known = await lockProject(tx, project);
    if (known !== undefined) {
      if (known.platform_code !== by.code) throw exchangeError('EXCHANGE_PROJECT_FOREIGN');
      // Signatures differ each time, what is said does not.
      if (payloadOf(known.statement) === payloadOf(statement)) return answer(known);
      if (known.issued_at >= issuedAt) throw exchangeError('EXCHANGE_STATEMENT_OLD');
      // A project in an enterprise's list stays there, as what it is.
      const moved = known.uscc !== project.uscc || known.record_type !== recordTypeOf(project);
      if (known.state === 'ENTERED' && moved) throw exchangeError('EXCHANGE_PROJECT_FOREIGN');
    }
    const at = new Date(deps.clock.now());
    const recordType = recordTypeOf(project);
    const { tradeNo, section, uscc } = project;
    await keepProject(tx, {
      tradeNo,
      section,
      platformCode: by.code,
      uscc,
      recordType,
      statement,
      issuedAt,
      at,
    });
    await deps.audit.record(tx, {
      actor: platformActor(by),
      action: 'exchange.take-project',
      subject: { kind: 'project', id: projectId(project) },
      after: { platform: by.code, recordType, issuedAt, fields: Object.keys(project.values).sort() },
      origin: by.from,
    });
    const kept = await lockProject(tx, project);
    if (kept === undefined) throw exchangeError('EXCHANGE_UNKNOWN');
    return answer(kept.state === 'ENTERED' ? await sayAnew(deps, tx, kept) : await enter(deps, tx, kept));
  });
}

/** Ids of statements are plain characters. */
const projectId = ({ tradeNo, section }: Pick<Project, 'tradeNo' | 'section'>): string =>
  encodeURIComponent(`${tradeNo}/${section}`).slice(0, 200);

/** Into the enterprise's list as 场内项目, 编辑中 (LIB-PROJ-03), if the enterprise is there. */
async function enter(deps: ExchangeDeps, tx: Tx, row: ProjectRow): Promise<ProjectRow> {
  const entity = await deps.entities.byUscc(tx, row.uscc);
  if (entity?.state !== 'ACTIVE') return row;
  // Verified when it came in; kept as it was signed.
  const { values: told } = TradedProject.parse(decodeJwt(row.statement));
  const values = { tradeNo: row.trade_no, sectionNo: row.section, ...told };
  const record = await deps.records.write(tx, {
    entityId: entity.id,
    type: row.record_type,
    event: 'import',
    by: 'system',
    taken: values,
    locked: Object.keys(values),
    trustedFiles: true,
    actor: platformActor({ code: row.platform_code }),
  });
  const at = new Date(deps.clock.now());
  const place = { tradeNo: row.trade_no, section: row.section, entityId: entity.id, recordId: record.id };
  await enterProject(tx, { ...place, at });
  const platform = await deps.platforms.byCode(row.platform_code, tx);
  await deps.notify(tx, {
    kind: 'PROJECT_ARRIVED',
    entityId: entity.id,
    once: `project:${record.id}`,
    facts: {
      type: row.record_type,
      id: record.id,
      platform: row.platform_code,
      platformName: platform?.name ?? row.platform_code,
    },
  });
  return { ...row, state: 'ENTERED', entity_id: entity.id, record_id: record.id };
}

/**
 * The newest word of the platform about a project that an enterprise has in its list: its fields are written over and
 * stay locked, what the enterprise filled in stays (LIB-PERF-11). A completed project is a performance by now: the
 * statement is kept and the record is not touched.
 */
async function sayAnew(deps: ExchangeDeps, tx: Tx, row: ProjectRow): Promise<ProjectRow> {
  const { entity_id: entityId, record_id: id, record_type: type } = row;
  if (entityId === null || id === null) return row;
  const { values: told } = TradedProject.parse(decodeJwt(row.statement));
  const record = await deps.records.read(tx, { entityId, type, id });
  if (record.system['stage'] === 'COMPLETED') return row;
  const said = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null));
  await deps.records.write(tx, {
    entityId,
    type,
    id,
    event: 'import',
    by: 'system',
    taken: { ...record.values, ...said },
    expectedVersion: record.version,
    locked: Object.keys(said),
    trustedFiles: true,
    actor: platformActor({ code: row.platform_code }),
  });
  return row;
}

const AT_ONCE = 200;

/** What waited for enterprises that have become active since. */
export async function enterWaiting(deps: ExchangeDeps): Promise<void> {
  for (let after = ''; ; ) {
    const waiting = await waitingEnterprises(deps.database.db, { after, limit: AT_ONCE });
    for (const uscc of waiting) await enterFor(deps, uscc);
    if (waiting.length < AT_ONCE) return;
    after = waiting.at(-1)!;
  }
}

/** One enterprise's, each in a transaction of its own: one that its type refuses does not hold up the others. */
async function enterFor(deps: ExchangeDeps, uscc: string): Promise<void> {
  const { db } = deps.database;
  if ((await deps.entities.byUscc(db, uscc))?.state !== 'ACTIVE') return;
  for (const { trade_no: tradeNo, section } of await waitingProjects(db, { uscc, limit: AT_ONCE })) {
    try {
      await withTransaction(deps.database, async (tx) => {
        const row = await lockProject(tx, { tradeNo, section });
        if (row?.state === 'WAITING') await enter(deps, tx, row);
      });
    } catch (error) {
      deps.log.warn({ err: error, tradeNo, section }, 'exchange: a waiting project was refused');
    }
  }
}
