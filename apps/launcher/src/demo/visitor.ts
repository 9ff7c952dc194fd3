export type Page = { readonly status: number; readonly url: string; readonly text: string };

type Sending = {
  readonly method?: string;
  /** Sent as JSON; a form or several parts as what they are. */
  readonly body?: unknown;
};

const MOST_HOPS = 10;

/** Walks the demo as a browser would: keeps cookies by origin and follows redirects. */
export function createVisitor(base: string) {
  const cookies = new Map<string, Map<string, string>>();
  const jarOf = (origin: string) => {
    const jar = cookies.get(origin) ?? new Map<string, string>();
    cookies.set(origin, jar);
    return jar;
  };

  async function send(url: URL, { method, body }: Sending): Promise<Response> {
    const jar = jarOf(url.origin);
    const isForm = body instanceof URLSearchParams || body instanceof FormData;
    const answer = await fetch(url, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      redirect: 'manual',
      headers: {
        origin: url.origin,
        // A kept connection may be closed by the other side at the moment of the next request.
        connection: 'close',
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  }

  /** A page, with the redirects that lead to it. */
  async function open(address: string, sending: Sending = {}): Promise<Page> {
    let url = new URL(address, base);
    let answer = await send(url, sending);
    for (let hops = 0; answer.status > 299 && answer.status < 400 && hops < MOST_HOPS; hops++) {
      url = new URL(answer.headers.get('location') ?? '/', url);
      answer = await send(url, {});
    }
    return { status: answer.status, url: url.href, text: await answer.text() };
  }

  return {
    open,
    /** An API call that must succeed. @throws with what was answered */
    async call<T>(address: string, sending: Sending = {}): Promise<T> {
      const answer = await send(new URL(address, base), sending);
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },
    async download(address: string): Promise<Blob> {
      const answer = await send(new URL(address, base), {});
      if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${await answer.text()}`);
      return answer.blob();
    },
  };
}
export type Visitor = ReturnType<typeof createVisitor>;
