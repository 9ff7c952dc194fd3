import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { FastifyReply } from 'fastify';
import { infraError } from '../errors.ts';
import type { HttpApp } from './http-app.ts';

export type WebApp = {
  /** Where it is served: nothing, or a path such as `/phone`. */
  readonly prefix: '' | `/${string}`;
  /** Folder with the built application, its `index.html` at the top. */
  readonly directory: string;
  /** Headers of its page. @param nonce of this answer */
  pageHeaders(nonce: string): Readonly<Record<string, string>>;
  /** Headers of its scripts: those that run as workers take their policy from them. */
  readonly scriptHeaders?: Readonly<Record<string, string>>;
  /** Whether an address below the prefix may be a page. */
  isPage(pathname: string): boolean;
};

const PLACEHOLDER = /__NONCE__/g;

/**
 * Hashed files for ever, and the application's page, with a fresh nonce, for every address that is not a file. An
 * address with an extension that does not exist is a 404, never the page: a missing script must not be answered with
 * HTML. `@fastify/static` must be registered.
 */
export function serveWebApp(app: HttpApp, web: WebApp): void {
  const index = path.join(web.directory, 'index.html');
  let page: { readonly text: string; readonly changedAt: number } | undefined;
  const load = () => {
    const changedAt = fs.statSync(index, { throwIfNoEntry: false })?.mtimeMs;
    if (changedAt === undefined) throw infraError('PORTAL_NOT_BUILT');
    if (page?.changedAt !== changedAt) page = { text: fs.readFileSync(index, 'utf8'), changedAt };
    return page.text;
  };
  const sendPage = (reply: FastifyReply) => {
    const nonce = randomBytes(16).toString('base64url');
    return reply
      .headers(web.pageHeaders(nonce))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(load().replace(PLACEHOLDER, nonce));
  };

  app.get(`${web.prefix}/*`, { schema: { hide: true } }, (request, reply) => {
    // Joined, not resolved against a base: there `//` would begin a host.
    const { pathname } = new URL(`http://local${request.url}`);
    if (!pathname.startsWith(`${web.prefix}/`)) throw infraError('NOT_FOUND');
    const extension = path.posix.extname(pathname);
    if (extension === '' && web.isPage(pathname)) return sendPage(reply);
    if (extension === '' || extension === '.html') throw infraError('NOT_FOUND');
    const file = pathname.slice(web.prefix.length);
    const immutable = file.startsWith('/assets/');
    if (extension === '.js') reply.headers(web.scriptHeaders ?? {});
    return reply.header('vary', 'accept-encoding').sendFile(decodeURIComponent(file), web.directory, {
      index: false,
      dotfiles: 'deny',
      maxAge: immutable ? '365d' : '1h',
      immutable,
    });
  });
}
