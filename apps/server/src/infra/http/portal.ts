import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import { infraError } from '../errors.ts';
import type { HttpApp } from './http-app.ts';
import { pagePolicy } from './security-headers.ts';

export type PortalOptions = {
  /** Folder with the built web application, its `index.html` at the top. */
  readonly directory: string;
  readonly keyBridgeOrigins: readonly string[];
};

export type Portal = {
  /** Answers with the application's page, for routes that are pages but share a path with an API. */
  send(reply: FastifyReply, status?: number): FastifyReply;
};

const PLACEHOLDER = /__NONCE__/g;

/**
 * The web application: hashed files for ever, and its page, with a fresh nonce, for every address that is not
 * a file. An address with an extension that does not exist is a 404, never the page: a missing script must not
 * be answered with HTML.
 */
export async function addPortal(app: HttpApp, options: PortalOptions): Promise<Portal> {
  const index = path.join(options.directory, 'index.html');
  let page: { readonly text: string; readonly changedAt: number } | undefined;
  const load = () => {
    const changedAt = fs.statSync(index, { throwIfNoEntry: false })?.mtimeMs;
    if (changedAt === undefined) throw infraError('PORTAL_NOT_BUILT');
    if (page?.changedAt !== changedAt) page = { text: fs.readFileSync(index, 'utf8'), changedAt };
    return page.text;
  };
  const send = (reply: FastifyReply, status = 200) => {
    const nonce = randomBytes(16).toString('base64url');
    const text = load().replace(PLACEHOLDER, nonce);
    return reply
      .code(status)
      .header('content-security-policy', pagePolicy({ nonce, keyBridge: options.keyBridgeOrigins }))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(text);
  };

  // The build writes `.br` and `.gz` beside each file; a file without them is sent as it is.
  await app.register(fastifyStatic, { root: options.directory, serve: false, preCompressed: true });
  app.get('/*', { schema: { hide: true } }, (request, reply) => {
    // Joined, not resolved against a base: there `//` would begin a host.
    const { pathname } = new URL(`http://local${request.url}`);
    const extension = path.posix.extname(pathname);
    if (extension === '' && isPage(pathname)) return send(reply);
    if (extension === '' || extension === '.html') throw infraError('NOT_FOUND');
    const immutable = pathname.startsWith('/assets/');
    return reply.header('vary', 'accept-encoding').sendFile(decodeURIComponent(pathname), options.directory, {
      index: false,
      dotfiles: 'deny',
      maxAge: immutable ? '365d' : '1h',
      immutable,
    });
  });
  return { send };
}

/** Addresses of machines are never answered with a page. */
function isPage(pathname: string): boolean {
  return !/^\/(api|oidc)(\/|$)/.test(pathname);
}
