import { shanghaiParts } from '@hufu/kernel';
import type { FileValue } from '@hufu/library';
import { withTransaction } from '../../infra/database/database.ts';
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

export type DemoLibrary = {
  /**
   * Records of every module for an enterprise of the demo, and a draft of its base information where it has none yet.
   * Repeatable: who has persons or base information keeps them as they are.
   * @returns how many steps were written; 0 for an enterprise of which the demo tells nothing
   */
  seed(entity: { readonly entityId: string; readonly uscc: string }): Promise<number>;
};

type Parts = {
  readonly records: Pick<Records, 'write' | 'usable' | 'single'>;
  readonly files: Pick<Files, 'adopt'>;
};

/** The library's part of the demo's world. Never part of a configured installation: see `seedDemo`. */
export function createDemoLibrary(
  { database, clock }: Pick<Infra, 'database' | 'clock'>,
  { records, files }: Parts,
): DemoLibrary {
  return {
    async seed({ entityId, uscc }) {
      const enterprise = ENTERPRISES.find((one) => one.uscc === uscc);
      if (enterprise === undefined) return 0;
      const base = await records.single(database.db, { entityId, type: 'organisation' });
      const people = await records.usable(database.db, { entityId, types: ['person'], limit: 1 });
      const steps = [...(base === undefined ? [BASE_STEP] : []), ...(people.length === 0 ? STORY : [])];
      const papers = new Map<string, FileValue>();
      for (const title of papersOf(steps, enterprise)) {
        const bytes = await printPaper({ title, holder: enterprise.name });
        papers.set(title, await files.adopt(entityId, { name: `${title}.pdf`, bytes }));
      }
      const today = shanghaiParts(clock.now()).date;
      return withTransaction(database, (tx) =>
        play(tx, steps, { records, entityId, enterprise, today, papers }),
      );
    },
  };
}
