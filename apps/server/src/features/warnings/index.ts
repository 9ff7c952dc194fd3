import { uuidV7Source } from '@hufu/kernel';
import type { Infra } from '../../infra/infra.ts';
import { guardAccess } from '../access/index.ts';
import type { WarningDeps } from './deps.ts';
import { WARNING_ERRORS } from './errors.ts';
import type { Warnings } from './face.ts';
import { warningRoutesOf } from './routes.ts';
import { sendDigests } from './send-digests.ts';
import { watchExpiry } from './watch-expiry.ts';
import { writeWarnings } from './write-warnings.ts';

export type { Expiring, ExpirySource, Notice, Warnings } from './face.ts';
export { noteChange } from './note-change.ts';
export { keyExpiry, recordExpiry } from './sources.ts';

/** Each wish for a new address sends a mail. */
const LIMITS = { 'library-address': { requests: 20, seconds: 600, burst: 10 } } as const;

export function createWarnings(infra: Infra): Warnings {
  const deps: WarningDeps = { ...infra, newId: uuidV7Source(infra.clock, infra.random) };
  return {
    async notify(tx, notice) {
      await writeWarnings(deps, tx, [notice]);
    },
    feature: ({ members, sources }) => ({
      name: 'warnings',
      errors: WARNING_ERRORS,
      limits: LIMITS,
      periodic: [
        {
          name: 'warnings-watch-expiry',
          everySeconds: 6 * 3600,
          longestSeconds: 3600,
          run: () => watchExpiry(deps, sources),
        },
        { name: 'warnings-digest', everySeconds: 600, run: () => sendDigests(deps) },
      ],
      register(app) {
        guardAccess(app, { find: members, audit: deps.audit, sourceHash: deps.sourceHash });
        warningRoutesOf(app, deps);
      },
    }),
  };
}
