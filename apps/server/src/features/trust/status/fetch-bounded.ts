import { readAtMost } from '@hufu/kernel';

/** A request to an authority. The caller has made sure that the address is a registered one. */
export type BoundedRequest = {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly body?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** More than this is cut off and refused. */
  readonly maxBytes: number;
  readonly timeoutMs: number;
};

export type FetchProblem = 'unreachable' | 'timeout' | 'too-large' | 'http-status';

export type BoundedAnswer =
  | {
      readonly outcome: 'ok';
      readonly bytes: Uint8Array;
      readonly etag: string | undefined;
      readonly lastModified: string | undefined;
    }
  | { readonly outcome: 'not-modified' }
  | { readonly outcome: FetchProblem };

/**
 * Fetches within bounds of time and size. Redirects are not followed: they would lead to a host that nobody
 * registered. Never throws.
 */
export async function fetchBounded(request: BoundedRequest): Promise<BoundedAnswer> {
  const signal = AbortSignal.timeout(request.timeoutMs);
  try {
    return await attempt(request, signal).catch((error: unknown) => {
      if (signal.aborted || !wasDropped(error)) throw error;
      return attempt(request, signal);
    });
  } catch {
    return { outcome: signal.aborted ? 'timeout' : 'unreachable' };
  }
}

/** A kept connection that the other side closed just now: asking again is no second question. */
const wasDropped = (error: unknown): boolean => {
  const { cause } = error as { cause?: { code?: unknown } };
  return cause?.code === 'UND_ERR_SOCKET' || cause?.code === 'ECONNRESET' || cause?.code === 'EPIPE';
};

async function attempt(request: BoundedRequest, signal: AbortSignal): Promise<BoundedAnswer> {
  const { url, method, body, headers, maxBytes } = request;
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    signal,
    headers: { ...headers },
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  });
  if (response.status === 304) return { outcome: 'not-modified' };
  if (response.status !== 200) {
    await response.body?.cancel();
    return { outcome: 'http-status' };
  }
  const bytes = await readAtMost(response, maxBytes);
  if (bytes === undefined) return { outcome: 'too-large' };
  return {
    outcome: 'ok',
    bytes,
    etag: headerOf(response, 'etag'),
    lastModified: headerOf(response, 'last-modified'),
  };
}

const LONGEST_HEADER = 256;

/** Headers are stored and sent back: only short ones of printable ASCII. */
function headerOf(response: Response, name: string): string | undefined {
  const value = response.headers.get(name);
  return value !== null && value.length <= LONGEST_HEADER && /^[\x20-\x7e]+$/.test(value) ? value : undefined;
}
