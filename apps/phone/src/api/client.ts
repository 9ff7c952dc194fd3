import type { Route, RouteAnswer } from '@hufu/contracts';
import type { z } from 'zod';
import { localProblem, type ProblemError, readProblem } from './problem.ts';

type Given<T> = T extends z.ZodType ? z.input<T> : never;

/** `params`, `query` and `body` exactly where the route declares them. */
export type CallOptions<R extends Route> = (R['params'] extends z.ZodType
  ? { params: Given<R['params']> }
  : { params?: undefined }) &
  (R['query'] extends z.ZodType ? { query?: Given<R['query']> } : { query?: undefined }) &
  (R['body'] extends z.ZodType ? { body: Given<R['body']> } : { body?: undefined }) & {
    signal?: AbortSignal;
  };

type Arguments<R extends Route> =
  Record<never, never> extends CallOptions<R> ? [options?: CallOptions<R>] : [options: CallOptions<R>];

/**
 * Calls one operation of the API and checks the answer against its declared schema.
 *
 * @throws ProblemError with the server's code, APP_NETWORK when there was no answer, APP_ANSWER when it is not
 * what the route declares
 */
export async function call<const R extends Route>(route: R, ...rest: Arguments<R>): Promise<RouteAnswer<R>> {
  const options = rest[0];
  const response = await send(route, options);
  const declared = route.responses[response.status];
  if (declared === undefined) throw await problemOf(response);
  if (declared === null) return undefined as RouteAnswer<R>;
  const answer = declared.safeParse(await response.json().catch(() => undefined));
  if (!answer.success) throw localProblem('APP_ANSWER', answer.error);
  return answer.data as RouteAnswer<R>;
}

/** The address of an operation, for links that the browser follows itself (downloads, previews). */
export function addressOf(route: Route, options: { params?: unknown; query?: unknown } = {}): string {
  const params = (options.params ?? {}) as Readonly<Record<string, unknown>>;
  const path = route.path.replaceAll(/:([a-zA-Z]+)/g, (_match, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((options.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

export const acceptLanguage = (): string => (document.documentElement.lang.startsWith('en') ? 'en' : 'zh-CN');

type SendOptions = { params?: unknown; query?: unknown; body?: unknown; signal?: AbortSignal };

async function send(route: Route, options: SendOptions = {}): Promise<Response> {
  const headers: Record<string, string> = {
    accept: 'application/json, application/problem+json',
    'accept-language': acceptLanguage(),
  };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  try {
    return await fetch(addressOf(route, options), {
      method: route.method,
      headers,
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw localProblem('APP_NETWORK', cause);
  }
}

async function problemOf(response: Response): Promise<ProblemError> {
  return readProblem(await response.json().catch(() => undefined), response.status);
}
