import { ACCESS_ERRORS, STEWARD_ERRORS } from '@hufu/contracts';
import type { Feature } from '../../infra/feature.ts';
import type { Infra } from '../../infra/infra.ts';
import { guardAccess } from '../access/index.ts';
import type { ApprovalKinds } from '../desk/index.ts';
import type { RecordHook } from '../records/index.ts';
import { IMPORT_QUEUE, importJob, importKinds } from './imports/imports.ts';
import type { StewardPorts } from './ports.ts';
import { makeReport } from './quality/make-report.ts';
import { recoveryKinds } from './recovery/recover-key.ts';
import { recoveryProofs } from './recovery/recovery-store.ts';
import { importApi } from './routes/imports.ts';
import { recoveryApi } from './routes/recovery.ts';
import { stewardApi } from './routes/routes.ts';
import { fillSearch } from './search/rebuild.ts';
import { followRecords } from './search/search-hook.ts';
import { standingKinds } from './standing/standing.ts';

export type { StewardPorts } from './ports.ts';
export { writeSearch } from './search/rebuild.ts';

export type Stewards = {
  readonly feature: Feature;
  /** What a second person's yes does: given to the desk. */
  readonly kinds: ApprovalKinds;
  /** Keeps the search as the records are: given to the records. */
  readonly recordHook: RecordHook;
};

const LIMITS = {
  'steward-search': { requests: 240, seconds: 60, burst: 60 },
  'steward-export': { requests: 20, seconds: 60, burst: 10 },
  'steward-import': { requests: 10, seconds: 60, burst: 5 },
} as const;

const DAY = 86_400;

/** The desk's side of the entity library: finding, looking, freezing, merging, data quality. */
export function createStewards(infra: Infra, ports: StewardPorts): Stewards {
  const deps = { ...infra, ...ports };
  const { DESK_SESSION_REQUIRED, DESK_FORBIDDEN } = ACCESS_ERRORS;
  return {
    kinds: { ...standingKinds(deps), ...importKinds(deps), ...recoveryKinds(deps) },
    recordHook: followRecords,
    feature: {
      name: 'stewards',
      errors: { ...STEWARD_ERRORS, DESK_SESSION_REQUIRED, DESK_FORBIDDEN },
      limits: LIMITS,
      jobs: { [IMPORT_QUEUE]: importJob(deps) },
      periodic: [
        {
          name: 'library-quality',
          everySeconds: DAY,
          longestSeconds: 7_200,
          run: async () => {
            await ports.records.prepare();
            await makeReport(deps);
          },
        },
      ],
      heldAttachments: (sha256) => recoveryProofs(infra.database.db, sha256),
      async register(app) {
        await ports.records.prepare();
        await fillSearch(infra.database);
        guardAccess(app, { find: ports.operators, audit: infra.audit, sourceHash: infra.sourceHash });
        stewardApi(app, deps);
        importApi(app, deps);
        recoveryApi(app, deps);
      },
    },
  };
}
