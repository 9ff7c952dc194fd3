import { createHash } from 'node:crypto';
import { type RandomBytes, toBase64Url } from '@hufu/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Names the browser before anybody has logged in, so that a challenge can be bound to it: an answer that was lured
 * out of a user on another machine is worthless here. Only its digest is stored.
 */
export type BrowserCookie = {
  /** The digest of this browser's cookie; undefined when it has none. */
  read(request: FastifyRequest): string | undefined;
  /** The same, giving the browser one when it has none. */
  ensure(request: FastifyRequest, reply: FastifyReply): string;
};

const FORM = /^[A-Za-z0-9_-]{43}$/;

export function browserCookie(options: { origin: string; random: RandomBytes }): BrowserCookie {
  const secure = options.origin.startsWith('https:');
  const name = secure ? '__Host-hufu-browser' : 'hufu-browser';
  const digest = (value: string) => createHash('sha256').update(value).digest('hex');
  const read = (request: FastifyRequest) => {
    const value = request.cookies[name];
    return value !== undefined && FORM.test(value) ? digest(value) : undefined;
  };
  return {
    read,
    ensure(request, reply) {
      const known = read(request);
      if (known !== undefined) return known;
      const value = toBase64Url(options.random(32));
      reply.setCookie(name, value, { path: '/', httpOnly: true, sameSite: 'lax', secure });
      return digest(value);
    },
  };
}
