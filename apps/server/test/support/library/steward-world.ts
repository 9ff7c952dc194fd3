import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Records, WriteOrder } from '../../../src/features/records/index.ts';
import {
  createRecords,
  type RecordHook,
  type RecordRow,
  verifiedValues,
} from '../../../src/features/records/index.ts';
import { createStewards } from '../../../src/features/stewards/index.ts';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { hubWorld, type World, type WorldOptions } from '../hub/hub-world.ts';
import { anyCode } from './entities.ts';

/** Records and stewards beside the features of the hub. */
export async function libraryParts() {
  const frozen: string[] = [];
  const found: { records?: Records } = {};
  const more: NonNullable<WorldOptions['more']> = async ({ infra, desk, entities, evidence, files }) => {
    const hooks: RecordHook[] = [];
    const records = createRecords(infra, {
      members: entities.members,
      owner: entities.directory.verified,
      given: async (executor, id) => verifiedValues(await entities.directory.verified(executor, id)),
      ownFiles: async (_executor, _entityId, sha256s) => new Set(sha256s),
      evidence: evidence.ofRecord,
      hooks,
    });
    await records.prepare();
    found.records = records;
    const stewards = createStewards(infra, {
      operators: desk.caller,
      propose: desk.propose,
      standing: entities.standing,
      directory: entities.directory,
      records,
      takeFile: files.judge,
      frozen: async (_tx, id) => {
        frozen.push(id);
      },
    });
    hooks.push(stewards.recordHook);
    return { features: [records.feature, stewards.feature], kinds: stewards.kinds };
  };
  return { more, frozen, records: () => found.records! };
}

export type StewardWorld = World & {
  /** Entities whose approvals and recognitions were told to end. */
  readonly frozen: readonly string[];
  readonly records: Records;
  /** An organisation of the library. @returns its id */
  organisation(name: string, more?: { readonly uscc?: string; readonly at?: Date }): Promise<string>;
  write(order: Omit<WriteOrder, 'by' | 'actor' | 'trustedFiles'>): Promise<RecordRow>;
};

const ANYBODY = { kind: 'system' } as const;

export async function stewardWorld(options: WorldOptions = {}): Promise<StewardWorld> {
  const parts = await libraryParts();
  const world = await hubWorld({ ...options, more: parts.more });
  const { database } = world.infra;
  return {
    ...world,
    frozen: parts.frozen,
    records: parts.records(),
    async organisation(name, { uscc = anyCode(), at = new Date() } = {}) {
      const id = randomUUID().replaceAll('-', '').slice(0, 22);
      await sql`insert into entity (id, kind, uscc, created_at) values (${id}, 'ORGANISATION', ${uscc}, ${at})`.execute(
        database.db,
      );
      await sql`
        insert into library_entity (id, kind, name, name_masked, name_key, roles, state, registered_by, created_at, updated_at, activated_at)
        values (${id}, 'ORGANISATION', ${name}, ${name}, ${name}, '["BIDDER"]', 'ACTIVE', 'KEY', ${at}, ${at}, ${at})`.execute(
        database.db,
      );
      return id;
    },
    write: (order) =>
      withTransaction(database, (tx) =>
        parts.records().write(tx, { ...order, by: 'primary', actor: ANYBODY, trustedFiles: true }),
      ),
  };
}
