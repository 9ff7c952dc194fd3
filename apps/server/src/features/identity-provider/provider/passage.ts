import { type IncomingMessage, ServerResponse } from 'node:http';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { RequestScope } from '../store/request-scope.ts';
import { type CookieKeys, cookieNames } from './cookies.ts';

/** What the provider would have told the browser. */
export type Passed = {
  readonly status: number;
  readonly location: string;
  readonly cookies: readonly string[];
};

/** A request of the provider's own kind, made inside of a request of our pages. */
type Passage = {
  /** Holds already what the provider will ask for first. */
  readonly scope: RequestScope;
  hear(ctx: KoaContextWithOIDC, work: () => Promise<void>): Promise<void>;
};

const passages = new WeakMap<IncomingMessage, Passage>();

export const passageOf = (request: IncomingMessage): Passage | undefined => passages.get(request);

export type Resumption = {
  /** Of the browser that has shown the interaction's cookie. */
  readonly request: IncomingMessage;
  readonly requestId: string;
  readonly uid: string;
  readonly scope: RequestScope;
};

/** Lets a confirmed login go on as if the browser had come back for it. */
export type Resume = (resumption: Resumption) => Promise<Passed>;

type ResumeDeps = {
  readonly baseUrl: string;
  readonly cookieKeys: CookieKeys;
  /** The provider of the moment, and the path that it is mounted at. */
  readonly answer: ReturnType<Provider['callback']>;
  readonly mountedAt: string;
};

export function resumeBy({ baseUrl, cookieKeys, answer, mountedAt }: ResumeDeps): Resume {
  const { resume } = cookieNames(baseUrl);
  return async ({ request, requestId, uid, scope }) => {
    const url = `/auth/${uid}`;
    // The interaction's cookie and this one are set together and say the same; that one was shown.
    const pair = `${resume}=${uid}`;
    const own = `${pair}; ${resume}.sig=${cookieKeys.sign(pair)}`;
    const inner = Object.assign(Object.create(request) as IncomingMessage & { originalUrl: string }, {
      method: 'GET',
      url,
      originalUrl: `${mountedAt}${url}`,
      headers: { ...request.headers, cookie: `${own}; ${request.headers.cookie ?? ''}` },
    });
    const unsent = new ServerResponse(inner);
    unsent.setHeader('x-request-id', requestId);
    let passed: Passed | undefined;
    let failure: unknown;
    passages.set(inner, {
      scope,
      async hear(ctx, work) {
        try {
          await work();
          const { status } = ctx;
          const cookies = [ctx.response.get('set-cookie')].flat().filter(Boolean);
          passed = { status, location: ctx.response.get('location'), cookies };
        } catch (error) {
          failure = error;
        }
      },
    });
    await answer(inner, unsent);
    if (!passed) throw failure;
    return passed;
  };
}
