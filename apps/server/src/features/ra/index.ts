import { nodeCryptoEngine } from '@hufu/pki/node';
import type { FastifyPluginAsync } from 'fastify';
import type { Executor } from '../../infra/database/database.ts';
import type { Feature } from '../../infra/feature.ts';
import type { HttpApp } from '../../infra/http/http-app.ts';
import type { Infra } from '../../infra/infra.ts';
import { guardAccess } from '../access/index.ts';
import type { CounterRules } from './counter-rules.ts';
import type { RaDeps } from './deps.ts';
import { RA_FEATURE_ERRORS } from './errors.ts';
import { type IssuingAuthority, openAuthorities } from './issuance/authority-client.ts';
import { ABANDON_QUEUE, AUTHORITY_QUEUE, abandonRun, tellAuthority } from './issuance/authority-jobs.ts';
import { filesAmong, orderById } from './orders/order-store.ts';
import { CLOSE_QUEUE, REFUND_QUEUE } from './payments/apply-report.ts';
import { closePayment, refundPayment, settlePayments } from './payments/settle-payments.ts';
import type { RaPorts } from './ports.ts';
import { deskCertificateRoutes } from './routes/desk-certificate-routes.ts';
import { deskOrderRoutes } from './routes/desk-routes.ts';
import { paymentRoutes } from './routes/payment-routes.ts';
import { phoneOrderRoutes } from './routes/phone-routes.ts';

export { readCounterRules } from './counter-rules.ts';
export { readAuthorities } from './issuance/authority-client.ts';
export { httpProvider } from './payments/http-provider.ts';
export type { RaPorts } from './ports.ts';

export type RaSettings = {
  readonly rules: CounterRules;
  /** Those that issue through this installation. */
  readonly authorities: readonly IssuingAuthority[];
};

export type Ra = {
  readonly feature: Feature;
  /** Whether this user's order waits for its download: only then are certificate requests signed for it. */
  isDownloading(
    executor: Executor,
    who: { readonly orderId: string; readonly userId: string },
  ): Promise<boolean>;
};

const LIMITS = {
  'ra-upload': { requests: 60, seconds: 60, burst: 30 },
  'ra-pay': { requests: 20, seconds: 60, burst: 10 },
  'ra-notice': { requests: 600, seconds: 60, burst: 120 },
} as const;

/** An instance of its own: the two sides are guarded by different sessions. */
async function within(app: HttpApp, mounting: (own: HttpApp) => void): Promise<void> {
  const plugin: FastifyPluginAsync = async (own) => {
    mounting(own as unknown as HttpApp);
  };
  await app.register(plugin);
}

/** 证书受理: applying, review, fee, payment, issuing; renewal, change, loss, hold, end. */
export function createRa(infra: Infra, ports: RaPorts, settings: RaSettings): Ra {
  const deps: RaDeps = {
    ...infra,
    ...ports,
    engine: nodeCryptoEngine(),
    rules: settings.rules,
    authorities: openAuthorities(settings.authorities),
  };
  return {
    async isDownloading(executor, { orderId, userId }) {
      const row = await orderById(executor, orderId);
      return row?.user_id === userId && row.state === 'TO_DOWNLOAD';
    },
    feature: {
      name: 'ra',
      errors: RA_FEATURE_ERRORS,
      limits: LIMITS,
      jobs: {
        [AUTHORITY_QUEUE]: (job) => tellAuthority(deps, job),
        [ABANDON_QUEUE]: (job) => abandonRun(deps, job),
        [REFUND_QUEUE]: (job) => refundPayment(deps, job),
        [CLOSE_QUEUE]: (job) => closePayment(deps, job),
      },
      periodic: [{ name: 'ra-settle-payments', everySeconds: 30, run: () => settlePayments(deps) }],
      heldAttachments: (sha256) => filesAmong(deps.database.db, sha256),
      async register(app) {
        const { audit, sourceHash } = deps;
        await within(app, (own) => {
          guardAccess(own, { find: ports.phone.caller, audit, sourceHash });
          phoneOrderRoutes(own, deps);
        });
        await within(app, (own) => {
          guardAccess(own, { find: ports.operators, audit, sourceHash });
          deskOrderRoutes(own, deps);
          deskCertificateRoutes(own, deps);
        });
        await paymentRoutes(app, deps);
      },
    },
  };
}
