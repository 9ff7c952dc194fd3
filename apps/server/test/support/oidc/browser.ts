/** A browser as far as a login needs one: a cookie jar with paths, redirects one at a time, an Origin header. */
export class Browser {
  readonly #jar = new Map<string, { value: string; path: string; origin: string }>();
  readonly #home: string;

  /** @param home origin of the hub */
  constructor(home: string) {
    this.#home = home;
  }

  /** A cookie of the hub that is sent everywhere. */
  cookie(name: string): string | undefined {
    return this.#jar.get(`${new URL(this.#home).origin}|${name}|/`)?.value;
  }

  async get(url: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#send(url, { headers: { accept: 'text/html', ...headers } });
  }

  async api<T>(
    path: string,
    method: 'GET' | 'POST' | 'DELETE' = 'GET',
    body?: unknown,
  ): Promise<{ status: number; body: T }> {
    const response = await this.#send(new URL(path, this.#home).href, {
      method,
      headers: {
        accept: 'application/json',
        ...(method === 'GET' ? {} : { origin: this.#home }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  }

  async form(url: string, fields: Record<string, string>): Promise<Response> {
    return this.#send(url, {
      method: 'POST',
      headers: { accept: 'text/html', origin: this.#home },
      body: new URLSearchParams(fields),
    });
  }

  /** Follows redirects on the hub and stops at the first address elsewhere. */
  async follow(start: string): Promise<{ left: URL } | { stayed: Response; at: string }> {
    let url = new URL(start, this.#home).href;
    if (!url.startsWith(`${this.#home}/`)) return { left: new URL(url) };
    for (let hop = 0; hop < 10; hop++) {
      const response = await this.get(url);
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || location === null)
        return { stayed: response, at: url };
      const next = new URL(location, url);
      if (next.origin !== new URL(this.#home).origin) return { left: next };
      url = next.href;
    }
    throw new Error('too many redirects');
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    const { origin, pathname } = new URL(url);
    const cookies = [...this.#jar.entries()]
      .filter(([, one]) => one.origin === origin && pathname.startsWith(one.path))
      .map(([key, one]) => `${key.split('|')[1]}=${one.value}`)
      .join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: {
        ...(init.headers as Record<string, string>),
        ...(cookies === '' ? {} : { cookie: cookies }),
      },
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line, origin);
    return response;
  }

  #keep(line: string, origin: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const value = pair.slice(at + 1);
    const read = (attribute: string) =>
      attributes.find((one) => one.toLowerCase().startsWith(`${attribute}=`))?.slice(attribute.length + 1);
    const expires = read('expires');
    const cookiePath = read('path') ?? '/';
    const key = `${origin}|${name}|${cookiePath}`;
    if (value === '' || (expires !== undefined && Date.parse(expires) <= Date.now())) this.#jar.delete(key);
    else this.#jar.set(key, { value, path: cookiePath, origin });
  }
}
