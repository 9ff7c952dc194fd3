import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Bridge } from '../bridge.ts';
import { findUpgrade } from '../checks/find-upgrade.ts';
import { repairCheck, runChecks } from '../checks/run-checks.ts';
import { newHandle } from '../ids.ts';
import { describeSignature } from '../operations/describe-signature.ts';
import { sealNonce, showSeals } from '../operations/show-seals.ts';
import { startOperation } from '../operations/start-operation.ts';
import { waitForNews } from '../operations/wait-for-news.ts';
import { idParameter, parse, waitQuery } from './parse.ts';
import { softTokenRoutes } from './soft-token-routes.ts';

/** Texts beside the assistant's own test signature. */
const TEST_SUMMARY = '签章功能检测：仅用于验证CA锁能否正常签名，不产生任何法律效力';

const repairSchema = z.strictObject({ item: z.string().max(40) });
const revokeSchema = z.strictObject({ origin: z.string().max(300) });
const testSchema = z.strictObject({
  keyId: z.string().max(400),
  language: z.enum(['zh', 'en']).optional(),
  theme: z.enum(['light', 'dark']).optional(),
});

/** The assistant's own page (AST-006 … AST-013). */
export function ownRoutes(app: FastifyInstance, bridge: Bridge): void {
  const { address, board, certificateCache, clock, hub, operations, sites, version } = bridge;

  app.get('/overview', async () => ({ version, hub, port: address.port, dataDir: bridge.dataDir }));

  app.get('/tokens', async (request) => {
    const { after, wait } = parse(waitQuery, request.query);
    return after === undefined ? board.list() : board.waitForChange(after, wait * 1000);
  });

  app.get('/certificates', async () => {
    const present = await board.certificates();
    await certificateCache.remember(present);
    const shown = new Set(present.map(({ sha256 }) => sha256));
    const copies = (await certificateCache.list()).filter(({ sha256 }) => !shown.has(sha256));
    return { present, copies };
  });

  app.get('/certificates/copies', async () => ({ count: (await certificateCache.list()).length }));

  app.post('/certificates/clear', async () => ({ removed: await certificateCache.clear() }));

  app.get('/checks', () => runChecks(bridge));

  app.post('/checks/repair', (request) => repairCheck(bridge, parse(repairSchema, request.body).item));

  app.get('/upgrade', () => findUpgrade(bridge));

  app.get('/sites', async () => ({
    sites: sites.list().map(({ origin, title, approvedAt }) => ({ origin, title, approvedAt })),
  }));

  app.post('/sites/revoke', async (request, reply) => {
    const { origin } = parse(revokeSchema, request.body);
    await sites.revoke(origin);
    operations.cancelAllOf(origin);
    return reply.code(204).send();
  });

  app.post('/test-signatures', async (request, reply) => {
    const { keyId, language, theme } = parse(testSchema, request.body);
    const hubs = await sealNonce(bridge);
    const { operationId } = await startOperation(
      bridge,
      { origin: address.origin, title: undefined },
      {
        act: 'test',
        keyId,
        payload: {
          challengeId: 'self-test',
          nonce: hubs?.nonce ?? newHandle(),
          audience: hubs?.audience ?? address.origin,
          issuedAt: new Date(clock.now()).toISOString(),
          summary: TEST_SUMMARY,
        },
        ...(language === undefined ? {} : { language }),
        ...(theme === undefined ? {} : { theme }),
      },
    );
    return reply.code(201).send({ operationId, frameUrl: `/frame/${operationId}` });
  });

  app.get('/test-signatures/:id', async (request) => {
    const { id } = parse(idParameter, request.params);
    await waitForNews(operations, id, parse(waitQuery, request.query));
    const state = operations.state(id);
    if (state.state !== 'done' || !('statement' in state.result)) return state;
    return { ...state, verified: await describeSignature(state.result) };
  });

  app.get('/test-signatures/:id/seals', async (request) => {
    const { id } = parse(idParameter, request.params);
    const state = operations.state(id);
    if (state.state !== 'done' || !('statement' in state.result)) return { state: 'unknown' };
    return showSeals(bridge, state.result);
  });

  softTokenRoutes(app, bridge);
}
