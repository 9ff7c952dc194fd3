import { PHONE_ERRORS, SCAN_ERRORS } from '@hufu/contracts';
import { GM_ERRORS } from '@hufu/gm';
import { PHONE_KEY_ERRORS } from '@hufu/phone-key';
import type { Feature } from '../../infra/feature.ts';
import { guardAccess } from '../access/index.ts';
import type { ScanContext } from './context.ts';
import type { ScanDeps } from './deps.ts';
import { eventRoutes } from './routes/events.ts';
import { pageRoutes } from './routes/page.ts';
import { phoneRoutes } from './routes/phone.ts';
import { purgeScans } from './store.ts';
import { expireScans } from './usecases/end-scan.ts';
import { createScanWatch } from './watch.ts';

export { scanPages } from './page-ports.ts';

/** A result can be fetched so long after its scan: a page that is loaded again goes on. */
const KEPT_MS = 10 * 60_000;

/** An office behind one address opens many codes; a code is guessed by nobody in three tries. */
const LIMITS = {
  'scan-open': { requests: 120, seconds: 60, burst: 60 },
  'scan-events': { requests: 240, seconds: 60, burst: 120 },
  'scan-code': { requests: 60, seconds: 60, burst: 30 },
  'scan-read': { requests: 60, seconds: 60, burst: 30 },
  'scan-confirm': { requests: 60, seconds: 60, burst: 30 },
} as const;

/**
 * 扫一扫: what a page asks of a lock it may ask of a phone instead. The QR code is an address, never an authority; the
 * answer is the one that a lock would have given, so that no endpoint behind it knows the difference.
 */
export function createScan(deps: ScanDeps): Feature {
  const context: ScanContext = { ...deps, ...createScanWatch(deps.database) };
  return {
    name: 'scan',
    // What the phone's feature and the vault say of a use is said here, too.
    errors: { ...SCAN_ERRORS, ...PHONE_ERRORS, ...PHONE_KEY_ERRORS, ...GM_ERRORS },
    limits: LIMITS,
    periodic: [
      {
        name: 'scan-forget',
        everySeconds: 60,
        run: async () => {
          await expireScans(context);
          await purgeScans(deps.database.db, new Date(deps.clock.now() - KEPT_MS));
        },
      },
    ],
    register(app) {
      guardAccess(app, { find: deps.phones.caller, audit: deps.audit, sourceHash: deps.sourceHash });
      pageRoutes(app, context);
      eventRoutes(app, context);
      phoneRoutes(app, context);
    },
  };
}
