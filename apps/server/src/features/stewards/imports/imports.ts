import { type RandomBytes, toBase64Url } from '@hufu/kernel';
import { RECORD_TYPES } from '@hufu/library';
import { sql } from 'kysely';
import { z } from 'zod';
import type { AuditActor, AuditOrigin } from '../../../infra/audit/audit.ts';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { JobHandler } from '../../../infra/outbox/job.ts';
import type { ApprovalKinds, Proposal } from '../../desk/index.ts';
import { stewardError } from '../errors.ts';
import type { StewardDeps } from '../ports.ts';
import { lockImport, setState, showImport } from './import-store.ts';
import { birthOf, judgeRows } from './judge-rows.ts';
import { keepPieces, stageRows } from './stage-rows.ts';
import { writeRows } from './write-rows.ts';

export const IMPORT_QUEUE = 'library-import';
const Payload = z.object({ id: z.string() });

const enqueue = (deps: StewardDeps, tx: Tx, id: string): Promise<void> =>
  deps.outbox.enqueue(tx, { queue: IMPORT_QUEUE, payload: { id }, subject: id });

type By = { readonly actor: AuditActor; readonly from: AuditOrigin };
const idOf = (random: RandomBytes): string => toBase64Url(random(16));

/** @returns the import's id @throws STEWARD_IMPORT_TYPE */
export async function startImport(
  deps: StewardDeps,
  order: By & { readonly typeName: string; readonly fileName: string; readonly bytes: Uint8Array },
): Promise<string> {
  const type = RECORD_TYPES.find(({ name }) => name === order.typeName);
  if (type === undefined) throw stewardError('STEWARD_IMPORT_TYPE');
  const event = birthOf(type);
  const id = idOf(deps.random);
  const at = new Date(deps.clock.now());
  await withTransaction(deps.database, async (tx) => {
    await sql`
      insert into library_import (id, type, event, file_name, state, created_by, created_at, updated_at)
      values (${id}, ${type.name}, ${event.name}, ${order.fileName}, 'READING', ${order.actor.id}, ${at}, ${at})`.execute(
      tx,
    );
    await keepPieces(tx, id, order.bytes);
    await deps.audit.record(tx, {
      actor: order.actor,
      action: 'import.start',
      subject: { kind: 'import', id },
      after: { type: type.name, bytes: order.bytes.length },
      origin: order.from,
    });
    await enqueue(deps, tx, id);
  });
  deps.outbox.poke(IMPORT_QUEUE);
  return id;
}

/** Works an import forward as far as it may go; every step ends in a transaction of its own, and may be begun again. */
export const importJob =
  (deps: StewardDeps): JobHandler =>
  async ({ payload }) => {
    const { id } = Payload.parse(payload);
    await stageRows(deps, id);
    await judgeRows(deps, id);
    await writeRows(deps, id);
  };

/** @throws STEWARD_UNKNOWN_IMPORT, STEWARD_IMPORT_STATE */
export async function importProposal(deps: StewardDeps, id: string): Promise<Proposal> {
  const found = await showImport(deps.database.db, id);
  if (found.state !== 'READ' || found.good === 0) throw stewardError('STEWARD_IMPORT_STATE');
  return {
    kind: 'LIBRARY_IMPORT',
    subject: id,
    subjectState: `${id}#${found.good}`,
    summary: `批量导入${found.label.zh}：写入${found.good}条，${found.bad}条有误不写入（${found.fileName}）`,
    changes: [{ field: 'records', before: null, after: String(found.good) }],
    payload: { id },
  };
}

export const importKinds = (deps: StewardDeps): ApprovalKinds => ({
  LIBRARY_IMPORT: {
    async apply(tx, { row, actor }) {
      const { id } = Payload.parse(row.payload);
      await lockImport(tx, id, ['READ']);
      await setState(tx, { id, state: 'WRITING', at: new Date(deps.clock.now()) });
      await deps.audit.record(tx, {
        actor,
        action: 'import.write',
        subject: { kind: 'import', id },
        after: { state: 'WRITING' },
        reason: row.reason,
      });
      await enqueue(deps, tx, id);
    },
    after: async () => deps.outbox.poke(IMPORT_QUEUE),
  },
});

/** @throws STEWARD_IMPORT_STATE once anything may have been written */
export async function cancelImport(deps: StewardDeps, { id, actor, from }: By & { readonly id: string }) {
  await withTransaction(deps.database, async (tx) => {
    await lockImport(tx, id, ['READING', 'READ']);
    await setState(tx, { id, state: 'CANCELLED', at: new Date(deps.clock.now()) });
    await deps.audit.record(tx, {
      actor,
      action: 'import.cancel',
      subject: { kind: 'import', id },
      after: { state: 'CANCELLED' },
      origin: from,
    });
  });
}
