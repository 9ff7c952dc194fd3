import { ACCESS_ERRORS, EXCHANGE_ERRORS, type ExchangeRegistrationForm } from '@hufu/contracts';
import type { z } from 'zod';
import { type Tx, withTransaction } from '../../infra/database/database.ts';
import type { Feature } from '../../infra/feature.ts';
import type { HttpApp } from '../../infra/http/http-app.ts';
import type { Infra } from '../../infra/infra.ts';
import type { ApprovalKinds } from '../desk/index.ts';
import type { RecordHook } from '../records/index.ts';
import { forgetAnswers } from './caller/answer-once.ts';
import { PLATFORM_LIMIT } from './caller/find-platform.ts';
import type { ExchangeDeps } from './deps.ts';
import { withdrawApprovals } from './filing/withdraw.ts';
import { createHubSigner } from './jws/hub-signer.ts';
import { mappingChanged } from './mapping/change-mapping.ts';
import { pulledAmong } from './mirror/pull-store.ts';
import { exchangeHook } from './notices/record-hook.ts';
import { PUSH_QUEUE, sendNotice } from './notices/send-notices.ts';
import type { ExchangePorts } from './ports.ts';
import { enterWaiting } from './projects/take-project.ts';
import { changeRegistration, registrationChanged } from './registration/change-registration.ts';
import { registrationOf } from './registration/registration-store.ts';
import { deskExchange, TRIAL_LIMIT } from './routes/desk.ts';
import { memberExchangeRoutes } from './routes/member.ts';
import { openExchangeRoutes, platformExchangeRoutes } from './routes/platform.ts';

export type { EntityCard, ExchangePorts } from './ports.ts';

type Fields = Omit<z.output<typeof ExchangeRegistrationForm>, 'version' | 'reason'>;
type GivenFields = { readonly [Name in keyof Fields]?: Fields[Name] | undefined };

/** Exchange between the library and the trading platforms. */
export type Exchange = {
  readonly feature: Feature;
  /** What a second person's yes does: given to the desk. */
  readonly kinds: ApprovalKinds;
  /** Told of every step of a record's life, in its transaction. */
  readonly recordHook: RecordHook;
  /** In the transaction in which an entity is frozen: what platforms approved of it counts no more. */
  entityFrozen(tx: Tx, entityId: string): Promise<void>;
  /** Gives a platform the registration that a demo's platforms were started with. Idempotent. */
  registerGiven(code: string, fields: GivenFields): Promise<void>;
};

/** A platform's servers together; following the feed by long polling costs one in twenty-five seconds. */
const LIMITS = {
  [PLATFORM_LIMIT]: { requests: 1200, seconds: 60, burst: 600 },
  [TRIAL_LIMIT]: { requests: 60, seconds: 60, burst: 20 },
} as const;

export async function createExchange(infra: Infra, ports: ExchangePorts): Promise<Exchange> {
  const deps: ExchangeDeps = { ...infra, ...ports, signer: await createHubSigner(infra.vault) };
  const { db } = deps.database;
  const stopping = new AbortController();
  return {
    kinds: { MAPPING_CHANGE: mappingChanged(deps), EXCHANGE_CHANGE: registrationChanged(deps) },
    recordHook: exchangeHook(deps),
    entityFrozen: (tx, entityId) => withdrawApprovals(deps, tx, { entityId, because: 'FROZEN' }),
    registerGiven: (code, fields) =>
      withTransaction(deps.database, async (tx) => {
        const { version, ...before } = await registrationOf(tx, code);
        const to = { ...before, ...fields };
        if (JSON.stringify(to) === JSON.stringify(before)) return;
        const form = {
          ...to,
          version,
          reason: 'demo manifest',
        } as z.output<typeof ExchangeRegistrationForm>;
        await changeRegistration(deps, tx, { code, form, by: { actor: { kind: 'system' } } });
      }),
    feature: {
      name: 'exchange',
      errors: { ...ACCESS_ERRORS, ...EXCHANGE_ERRORS },
      limits: LIMITS,
      jobs: { [PUSH_QUEUE]: (job) => sendNotice(deps, job) },
      periodic: [
        { name: 'exchange-enter-waiting', everySeconds: 60, run: () => enterWaiting(deps) },
        { name: 'exchange-forget-answers', everySeconds: 3600, run: () => forgetAnswers(deps) },
      ],
      heldAttachments: (sha256) => pulledAmong(db, sha256, new Date(deps.clock.now())),
      async register(app) {
        app.addHook('preClose', async () => stopping.abort());
        openExchangeRoutes(app, deps);
        await app.register(async (own) =>
          platformExchangeRoutes(own as unknown as HttpApp, deps, stopping.signal),
        );
        await app.register(async (own) => memberExchangeRoutes(own as unknown as HttpApp, deps));
        await app.register(async (own) => deskExchange(own as unknown as HttpApp, deps));
      },
    },
  };
}
