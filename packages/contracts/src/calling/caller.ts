import type { z } from 'zod';
import type { Route, RouteAnswer } from '../route.ts';
import type { Problems } from './problems.ts';

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
 * @throws ProblemError with the server's code, the caller's `network` when there was no answer, its `answer` when it
 * is not what the route declares
 */
export type Call = <const R extends Route>(route: R, ...rest: Arguments<R>) => Promise<RouteAnswer<R>>;

export type Calling = {
  readonly problems: Pick<Problems, 'localProblem' | 'readProblem'>;
  /** Codes of the app's own register. */
  readonly codes: { readonly network: string; readonly answer: string };
  /** What every request of the app carries besides. */
  readonly headers: () => Readonly<Record<string, string>>;
};

type SendOptions = { params?: unknown; query?: unknown; body?: unknown; signal?: AbortSignal };

export function createCaller({ problems, codes, headers }: Calling): Call {
  async function send(route: Route, { params, query, body, signal }: SendOptions = {}): Promise<Response> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    try {
      return await fetch(addressOf(route, { params, query }), {
        method: route.method,
        headers: { accept: 'application/json, application/problem+json', ...json, ...headers() },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (cause) {
      if (signal?.aborted) throw cause;
      throw problems.localProblem(codes.network, cause);
    }
  }

  return async <const R extends Route>(route: R, ...rest: Arguments<R>): Promise<RouteAnswer<R>> => {
    const response = await send(route, rest[0]);
    const declared = route.responses[response.status];
    if (declared === undefined)
      throw problems.readProblem(await response.json().catch(() => undefined), response.status);
    if (declared === null) return undefined as RouteAnswer<R>;
    const answer = declared.safeParse(await response.json().catch(() => undefined));
    if (!answer.success) throw problems.localProblem(codes.answer, answer.error);
    return answer.data as RouteAnswer<R>;
  };
}

/** The address of an operation, also for links that the browser follows itself (downloads, previews). */
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
