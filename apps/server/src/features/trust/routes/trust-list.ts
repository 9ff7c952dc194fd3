import type { Clock } from '@hufu/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../../../infra/database/database.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { trustError } from '../errors.ts';
import { type ListVersion, newestList } from '../store/list-store.ts';

export type TrustListRouteParts = { readonly database: Database; readonly clock: Clock };

/** Platforms may ask often: the newest list is looked up once in so long. */
const LOOK_UP_EVERY_MS = 1_000;
/** How long proxies and platforms may keep a list: a suspension reaches them within this time. */
const MAX_AGE_SECONDS = 60;

/** The signed trust list at its fixed address: for everybody, cacheable, verifiable without trusting the way here. */
export function mountTrustList(app: HttpApp, parts: TrustListRouteParts): void {
  const newest = memoised(parts);
  app.get(
    '/trust-list.json',
    { config: { anyOrigin: true }, schema: { hide: true } },
    async (request, reply) => {
      const list = await newest();
      if (list === undefined) throw trustError('TRUST_LIST_UNPUBLISHED');
      return answer(list, request, reply);
    },
  );
}

function answer(list: ListVersion, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const etag = `"${list.hash}"`;
  reply
    .header('etag', etag)
    .header('last-modified', new Date(list.issuedAt).toUTCString())
    .header('cache-control', `public, max-age=${MAX_AGE_SECONDS}`)
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin');
  const asked = request.headers['if-none-match'];
  const tags = asked?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (tags?.some((tag) => tag === etag || tag === '*')) return reply.code(304).send();
  return reply.type('application/json; charset=utf-8').send(Buffer.from(list.document));
}

function memoised({ database, clock }: TrustListRouteParts): () => Promise<ListVersion | undefined> {
  let known: ListVersion | undefined;
  let lookedUpAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (clock.now() < lookedUpAt + LOOK_UP_EVERY_MS && known !== undefined) return known;
    known = await newestList(database.db);
    lookedUpAt = clock.now();
    return known;
  };
}
