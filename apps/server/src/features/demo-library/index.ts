import { shanghaiParts } from '@hufu/kernel';
import type { FileValue } from '@hufu/library';
import { type Executor, type Tx, withTransaction } from '../../infra/database/database.ts';
import type { Feature } from '../../infra/feature.ts';
import type { Infra } from '../../infra/infra.ts';
import type { Files } from '../files/index.ts';
import type { Records } from '../records/index.ts';
import { BASE_STEP } from './base.ts';
import { ENTERPRISES } from './enterprises.ts';
import { printPaper } from './papers.ts';
import { PAPER_STEPS } from './papers-of-enterprise.ts';
import { DEPARTURE, PEOPLE_STEPS } from './people.ts';
import { papersOf, play } from './play.ts';
import { PROJECT_STEPS } from './projects.ts';
import type { Step } from './scene.ts';

const STORY: readonly Step[] = [...PEOPLE_STEPS, ...PROJECT_STEPS, ...PAPER_STEPS, DEPARTURE];
const QUEUE = 'demo-library';

type Entity = { readonly entityId: string; readonly uscc: string };

export type DemoLibrary = {
  /**
   * An entity has registered: a draft of its base information is there at once, and the records of the other modules
   * follow after the commit. Nothing happens for an enterprise of which the demo tells nothing.
   */
  registered(tx: Tx, entityId: string): Promise<void>;
  /** Records of every module but base information. Repeatable: who has persons keeps everything as it is. */
  fill(entity: Entity): Promise<void>;
  readonly feature: Feature;
};

type Parts = {
  readonly records: Pick<Records, 'write' | 'usable' | 'single'>;
  readonly files: Pick<Files, 'adopt'>;
  /** What a certificate has verified of an entity. */
  readonly owner: (
    executor: Executor,
    entityId: string,
  ) => Promise<{ readonly uscc: string | null } | undefined>;
};

/** The library's part of the demo's world. Never part of a configured installation: see `seedDemo`. */
export function createDemoLibrary(
  { database, clock, outbox }: Pick<Infra, 'database' | 'clock' | 'outbox'>,
  { records, files, owner }: Parts,
): DemoLibrary {
  async function tell(tx: Tx, steps: readonly Step[], { entityId, uscc }: Entity): Promise<void> {
    const enterprise = ENTERPRISES.find((one) => one.uscc === uscc);
    if (enterprise === undefined) return;
    const papers = new Map<string, FileValue>();
    for (const title of papersOf(steps, enterprise)) {
      const bytes = await printPaper({ title, holder: enterprise.name });
      papers.set(title, await files.adopt(tx, { entityId, name: `${title}.pdf`, bytes }));
    }
    const today = shanghaiParts(clock.now()).date;
    await play(tx, steps, { records, entityId, enterprise, today, papers });
  }

  async function fill(entity: Entity): Promise<void> {
    await withTransaction(database, async (tx) => {
      const { entityId } = entity;
      const people = await records.usable(tx, { entityId, types: ['person'], limit: 1 });
      if (people.length === 0) await tell(tx, STORY, entity);
    });
  }

  return {
    async registered(tx, entityId) {
      const uscc = (await owner(tx, entityId))?.uscc ?? '';
      if (ENTERPRISES.every((one) => one.uscc !== uscc)) return;
      const entity = { entityId, uscc };
      if ((await records.single(tx, { entityId, type: 'organisation' })) !== undefined) return;
      await tell(tx, [BASE_STEP], entity);
      await outbox.enqueue(tx, { queue: QUEUE, payload: entity, subject: entityId, dedup: entityId });
    },
    fill,
    feature: {
      name: QUEUE,
      jobs: { [QUEUE]: ({ payload }) => fill(payload as Entity) },
      register: () => undefined,
    },
  };
}
