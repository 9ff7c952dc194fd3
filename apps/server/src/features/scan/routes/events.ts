import type { ServerResponse } from 'node:http';
import { scanRoutes } from '@hufu/contracts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { languageOf } from '../../../infra/http/language.ts';
import { serve } from '../../access/index.ts';
import type { ScanContext } from '../context.ts';
import { isOpen } from '../domain/scan-states.ts';
import type { ScanRow } from '../store.ts';
import { expireScan } from '../usecases/end-scan.ts';
import { pageView, stateAt } from '../views.ts';
import { ownScan } from './page.ts';

/** Proxies cut what is silent for a minute. */
const HEARTBEAT_MS = 15_000;

/**
 * The page hears of every step without asking (LIB-LOGIN-01). Each stream begins with the state as it is, so that one
 * that broke off, or a page that was loaded again, misses nothing.
 */
export function eventRoutes(app: HttpApp, context: ScanContext): void {
  const streams = new Set<AbortController>();
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.abort();
  });

  serve(app, {
    route: scanRoutes.events,
    config: { limit: 'scan-events' },
    handler: async ({ params, request, reply }) => {
      const row = await ownScan(context, request, params.id);
      const stop = new AbortController();
      streams.add(stop);
      request.raw.once('close', () => stop.abort());
      reply.hijack();
      reply.raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // A proxy that collects an answer before it passes it on would keep every step back.
        'x-accel-buffering': 'no',
      });
      const language = languageOf(request.query, request.headers['accept-language']);
      const known = Number(request.headers['last-event-id'] ?? 0);
      try {
        await tell(context, { row, known, response: reply.raw, signal: stop.signal, language });
      } finally {
        streams.delete(stop);
        reply.raw.end();
      }
      return reply;
    },
  });
}

type Telling = {
  readonly row: ScanRow;
  /** Version that the page has seen; 0 for none. */
  readonly known: number;
  readonly response: ServerResponse;
  readonly signal: AbortSignal;
  readonly language: 'zh' | 'en';
};

async function tell(
  context: ScanContext,
  { row, known, response, signal, language }: Telling,
): Promise<void> {
  let told = known;
  let now: ScanRow | undefined = row;
  while (now !== undefined && !signal.aborted) {
    if (now.version !== told) {
      const data = JSON.stringify(pageView(context, now, language));
      response.write(`event: scan\nid: ${now.version}\ndata: ${data}\n\n`);
      told = now.version;
    }
    if (!isOpen(now.state)) return;
    if (stateAt(now, context.clock.now()) === 'EXPIRED') {
      await expireScan(context, now.id);
      now = await context.next({ id: now.id, version: told, ms: 0 });
      continue;
    }
    const remaining = now.expires_at.getTime() - context.clock.now();
    now = await context.next({
      id: now.id,
      version: told,
      ms: Math.min(HEARTBEAT_MS, remaining + 1),
      signal,
    });
    if (now?.version === told) response.write(': still here\n\n');
  }
}
