/**
 * The application: the ground plus features, each of which plugs in by its face and nothing else.
 *
 * A feature is an `index.ts` with a function that takes what it needs and returns a `Feature` (infra/feature.ts):
 *
 *     export function hubFeature(infra: Infra, ports: HubPorts): Feature {
 *       return {
 *         name: 'hub',
 *         errors: HUB_ERRORS,
 *         limits: { 'hub-login': { requests: 30, seconds: 60 } },
 *         jobs: { 'hub-notice': handleNotice },
 *         periodic: [{ name: 'hub-expire-attempts', everySeconds: 60, run }],
 *         register(app) {
 *           mount(app, { route: hubRoutes.login, config: { limit: 'hub-login' }, handler: async ({ body, request, reply }) => … });
 *         },
 *       };
 *     }
 *
 * Inside: `withTransaction(infra.database, async (tx) => { change; infra.audit.record(tx, …); infra.outbox.enqueue(tx, …) })`,
 * own tables by `tablesOf<HubTables>(tx)`, failures thrown as coded errors, refusals noted by `infra.audit.refused`.
 */
import type { AddressInfo } from 'node:net';
import type { ErrorEntry, ErrorRegister } from '@hufu/kernel';
import type { FastifyPluginAsync } from 'fastify';
import { purgeTask } from './infra/attachments/purge-task.ts';
import { INFRA_ERRORS } from './infra/errors.ts';
import type { Feature } from './infra/feature.ts';
import { createHttp, GENERAL_LIMIT } from './infra/http/create-http.ts';
import { addHealth, type Checks } from './infra/http/health.ts';
import type { HttpApp } from './infra/http/http-app.ts';
import { addOpenApi } from './infra/http/openapi.ts';
import type { Limits } from './infra/http/rate-limit.ts';
import { addWebApps } from './infra/http/web-apps.ts';
import type { Infra } from './infra/infra.ts';
import { MAIL_QUEUE, type MailTransport, mailHandler } from './infra/mail/mail.ts';
import { listDeadJobs } from './infra/outbox/dead-letters.ts';
import type { JobHandlers } from './infra/outbox/job.ts';
import { type Scheduler, startSchedule } from './infra/schedule/schedule.ts';

export type AppDeps = {
  readonly infra: Infra;
  readonly features: readonly Feature[];
  readonly mailTransport: MailTransport;
  /** Folder of the built portal. */
  readonly portalDirectory: string;
  /** Folder of the built app of the phone certificate; without it none is served. */
  readonly phoneDirectory?: string;
};

export type App = {
  readonly http: HttpApp;
  /** Starts answering, then the background work. @returns the port */
  listen(): Promise<number>;
  /** Finishes what is in flight, then stops the workers; the database is the caller's to close. */
  close(): Promise<void>;
};

/** The general limit: a whole office behind one address must be able to work. */
const GENERAL_LIMITS: Limits = {
  [GENERAL_LIMIT]: { requests: 1200, seconds: 60, burst: 600 },
};

export async function createApp(deps: AppDeps): Promise<App> {
  const { infra, features } = deps;
  const { config, log, limiter, metrics, outbox, database } = infra;
  for (const limits of [GENERAL_LIMITS, ...features.map((one) => one.limits ?? {})]) limiter.define(limits);
  const http = await createHttp({
    baseUrl: config.baseUrl,
    trustProxy: config.trustProxy,
    log,
    register: registerOf(features),
    limiter,
    metrics,
  });
  await addOpenApi(http, config.baseUrl);
  addHealth(http, checksOf(deps), metrics);
  metrics.gauge(
    'hufu_dead_jobs',
    'Jobs that were given up',
    async () => (await listDeadJobs(database.db)).length,
  );
  for (const feature of features) {
    const plugin: FastifyPluginAsync = async (own) => {
      await feature.register(own as unknown as HttpApp);
    };
    await http.register(plugin);
  }
  await addWebApps(http, {
    portal: deps.portalDirectory,
    phone: deps.phoneDirectory,
    keyBridgeOrigins: config.keyBridgeOrigins,
  });

  let scheduler: Scheduler | undefined;
  return {
    http,
    async listen() {
      await http.listen({ host: config.host, port: config.port });
      outbox.startWorkers(jobsOf(deps), {
        onFailure: ({ queue, id, attempt, error }) =>
          log.warn({ queue, job: id, attempt, err: error }, 'job failed'),
      });
      scheduler = startSchedule(
        { database, tasks: [purgeTask(infra, features), ...features.flatMap((one) => one.periodic ?? [])] },
        { onFailure: (task, error) => log.warn({ task, err: error }, 'periodic task failed') },
      );
      for (const feature of features) await feature.start?.();
      return (http.server.address() as AddressInfo).port;
    },
    async close() {
      await http.close();
      await scheduler?.stop();
      await outbox.stop();
      for (const feature of features.toReversed()) await feature.stop?.();
    },
  };
}

/** One register of all codes. Two features may share a code only with the same words. */
function registerOf(features: readonly Feature[]): ErrorRegister {
  const register: Record<string, ErrorEntry> = { ...INFRA_ERRORS };
  for (const feature of features) {
    for (const [code, entry] of Object.entries(feature.errors ?? {})) {
      const known = register[code];
      if (known && known !== entry) throw new Error(`the code ${code} of ${feature.name} is taken`);
      register[code] = entry;
    }
  }
  return register;
}

function checksOf({ infra, features }: AppDeps): Checks {
  const own: Checks = {
    database: () => infra.database.ping(),
    attachments: () => infra.attachments.ping(),
  };
  return Object.assign({}, own, ...features.map((one) => one.checks ?? {})) as Checks;
}

function jobsOf({ infra, features, mailTransport }: AppDeps): JobHandlers {
  const own: JobHandlers = { [MAIL_QUEUE]: mailHandler(mailTransport, infra.cipher) };
  return Object.assign({}, own, ...features.map((one) => one.jobs ?? {})) as JobHandlers;
}
