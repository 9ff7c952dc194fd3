import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { bridgeError } from '@hufu/keybridge-client';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Bridge } from '../bridge.ts';
import { idParameter, parse } from './parse.ts';

type Page = 'index' | 'approve' | 'frame';

/** The assistant's pages load nothing from elsewhere and run no inline code. */
const contentPolicy = (frameAncestors: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ');

/** Pages for the person at the computer: built by vite, served with headers that fit who may embed them. */
export async function pageRoutes(app: FastifyInstance, bridge: Bridge, webDir: string): Promise<void> {
  const { address, operations } = bridge;
  await app.register(fastifyStatic, {
    root: join(webDir, 'assets'),
    prefix: '/assets/',
    index: false,
    setHeaders: (reply) => {
      reply.setHeader('cross-origin-resource-policy', 'same-origin');
      reply.setHeader('cache-control', 'public, max-age=31536000, immutable');
    },
  });

  async function send(reply: FastifyReply, page: Page, frameAncestors: string): Promise<FastifyReply> {
    let html: Buffer;
    try {
      html = await readFile(join(webDir, `${page}.html`));
    } catch (cause) {
      throw bridgeError('BRIDGE_FAULT', { reason: 'web-files' }, cause);
    }
    return reply
      .headers({ 'content-security-policy': contentPolicy(frameAncestors), 'cache-control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(html);
  }

  /** Never framed, and cut off from the window that opened it: no site may cover, read or steer it. */
  const sendAlone = (reply: FastifyReply, page: Page): Promise<FastifyReply> => {
    reply.headers({ 'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin' });
    return send(reply, page, "'none'");
  };

  // One origin for the assistant's own pages: their requests and messages are checked against it.
  app.get('/', (request, reply) =>
    request.headers.host === new URL(address.origin).host
      ? sendAlone(reply, 'index')
      : reply.redirect(`${address.origin}/`),
  );

  app.get('/approve/:id', (_request, reply) => sendAlone(reply, 'approve'));

  app.get('/frame/:id', (request, reply) => {
    const { origin } = operations.find(parse(idParameter, request.params).id);
    // Under COEP a page may embed only what says so.
    reply.header('cross-origin-resource-policy', 'cross-origin');
    return send(reply, 'frame', origin === address.origin ? "'self'" : origin);
  });
}
