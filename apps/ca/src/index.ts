import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { type Clock, systemClock } from '@hufu/kernel';
import fastify from 'fastify';
import { openAuthority } from './authority.ts';
import { adminRoutes } from './http/admin-routes.ts';
import { readInput } from './http/admin-schemas.ts';
import { ocspEndpoint } from './http/ocsp-endpoint.ts';
import { handleProblems } from './http/problems.ts';
import { publicRoutes } from './http/public-routes.ts';
import { type AuthorityOptions, optionsSchema } from './options.ts';

export type { AuthorityOptions } from './options.ts';

export type RunningAuthority = {
  readonly baseUrl: string;
  close(): Promise<void>;
};

/** The address goes into certificates before anything listens there, so a free port is looked for first. */
async function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/**
 * Starts one certificate authority: makes its keys and certificates at the first start, listens, publishes its lists.
 * @throws CA_INPUT for options, CA_JOURNAL, CA_KEY_FILE, GM_KEY_PASSWORD
 */
export async function startAuthority(
  input: AuthorityOptions,
  clock: Clock = systemClock,
): Promise<RunningAuthority> {
  const options = readInput(optionsSchema, input);
  const port = options.port === 0 ? await freePort(options.host) : options.port;
  const baseUrl = options.baseUrl ?? `http://${options.host}:${port}`;
  const authority = await openAuthority(options, baseUrl, clock);

  const server = fastify({
    logger: { level: 'warn' },
    bodyLimit: 128 * 1024,
    forceCloseConnections: true,
    serverFactory: (handler) => {
      const ocsp = ocspEndpoint(authority);
      return createHttpServer({ maxHeaderSize: 32 * 1024 }, (request, response) => {
        if (!ocsp(request, response)) handler(request, response);
      });
    },
  });
  handleProblems(server);
  publicRoutes(server, authority);
  await server.register(
    (scope, _options, done) => {
      adminRoutes(scope, authority);
      done();
    },
    { prefix: '/admin' },
  );

  const failed = (error: unknown): void => server.log.error({ err: error }, 'background work failed');
  const timers = [
    setInterval(() => void authority.crls.publish().catch(failed), 1000 * options.crlSeconds),
    setInterval(() => void authority.ocsp.presign().catch(failed), 250 * options.ocspValidSeconds),
  ];
  await server.listen({ host: options.host, port });
  void authority.ocsp.presign().catch(failed);

  return {
    baseUrl,
    async close() {
      for (const timer of timers) clearInterval(timer);
      await server.close();
      await authority.store.close();
    },
  };
}
