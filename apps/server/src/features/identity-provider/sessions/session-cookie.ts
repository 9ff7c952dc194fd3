import type { FastifyReply } from 'fastify';
import type { CookieKeys } from '../provider/cookies.ts';

export type SessionCookie = { readonly name: string; readonly keys: CookieKeys; readonly secure: boolean };

/** The cookie as the OpenID provider itself would set it: value and signature. */
export function setSessionCookie(
  reply: FastifyReply,
  cookie: SessionCookie,
  content: { value: string; expires: Date },
): void {
  const { name, keys, secure } = cookie;
  const attributes = [
    'path=/',
    `expires=${content.expires.toUTCString()}`,
    'samesite=lax',
    ...(secure ? ['secure'] : []),
    'httponly',
  ].join('; ');
  const signature = keys.sign(`${name}=${content.value}`);
  reply.header('set-cookie', `${name}=${content.value}; ${attributes}`);
  reply.header('set-cookie', `${name}.sig=${signature}; ${attributes}`);
}

export function clearSessionCookie(reply: FastifyReply, cookie: SessionCookie): void {
  setSessionCookie(reply, cookie, { value: '', expires: new Date(0) });
}
