import { createHash } from 'node:crypto';
import { toBase64 } from '@hufu/kernel';
import { type AuthStatement, authStatementBytes } from '@hufu/keybridge-client';
import type { HolderKey } from './authority.ts';
import { request } from './request.ts';

export type Answer<T = Record<string, unknown>> = {
  readonly status: number;
  readonly body: T;
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly headers: Headers;
  readonly url: string;
};

export type Call = {
  readonly method?: string;
  /** Sent as JSON; a URLSearchParams as a form. */
  readonly body?: unknown;
  /** Sent as it is, in place of `body`; its type is among the headers. */
  readonly raw?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
};

const FORM = 'application/x-www-form-urlencoded';
const NAVIGATION = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

type Cookie = { readonly name: string; readonly value: string; readonly host: string; readonly path: string };

export type ChallengeBody = {
  readonly act: AuthStatement['act'];
  readonly challengeId: string;
  readonly nonce: string;
  readonly audience: string;
  readonly origin: string;
  readonly issuedAt: string;
  readonly summary?: string;
};

/** One browser with its cookies (host and path as RFC 6265 §5.4 matches them) and, when it asks for one, its key. */
export class Browser {
  readonly base: string;
  readonly #cookies = new Map<string, Cookie>();
  /** What a page's script cannot change: its own origin. */
  origin: string;
  /** X-Forwarded-For, for a hub that stands behind a proxy. */
  source: string | undefined;

  constructor(base: string) {
    this.base = base;
    this.origin = new URL(base).origin;
  }

  /** One request; redirects are not followed. */
  async call<T = Record<string, unknown>>(address: string, options: Call = {}): Promise<Answer<T>> {
    const url = new URL(address, this.base);
    const { body, headers, raw } = options;
    const method = options.method ?? (body === undefined ? 'GET' : 'POST');
    const isForm = body instanceof URLSearchParams;
    const cookie = this.#header(url);
    const response = await request(url, {
      method,
      headers: {
        ...(method === 'GET' ? {} : { origin: this.origin }),
        ...(body === undefined ? {} : { 'content-type': isForm ? FORM : 'application/json' }),
        ...(cookie === '' ? {} : { cookie }),
        ...(this.source === undefined ? {} : { 'x-forwarded-for': this.source }),
        ...headers,
      },
      ...(raw === undefined ? {} : { body: raw }),
      ...(body === undefined ? {} : { body: isForm ? body.toString() : JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line, url);
    const { bytes, text } = response;
    const isJson = (response.headers.get('content-type') ?? '').includes('json') && text !== '';
    return {
      status: response.status,
      body: (isJson ? JSON.parse(text) : {}) as T,
      bytes,
      text,
      headers: response.headers,
      url: url.href,
    };
  }

  /** A page opened by its user. */
  open(address: string): Promise<Answer> {
    return this.call(address, { headers: NAVIGATION });
  }

  /** Follows redirects as long as `goOn` says so of the next address. @returns the last answer and where it leads */
  async follow(
    address: string,
    goOn: (next: URL) => boolean,
  ): Promise<{ answer: Answer; next: URL | undefined }> {
    let url = new URL(address, this.base);
    for (let hops = 0; hops < 15; hops++) {
      const answer = await this.open(url.href);
      const location = answer.headers.get('location');
      if (answer.status < 300 || answer.status > 399 || location === null) return { answer, next: undefined };
      const next = new URL(location, url);
      if (!goOn(next)) return { answer, next };
      url = next;
    }
    throw new Error(`redirects without end from ${address}`);
  }

  cookie(name: string): string | undefined {
    return [...this.#cookies.values()].find((one) => one.name === name)?.value;
  }

  /** A challenge of the hub, answered by a key as the assistant does it; `change` tampers with what is signed. */
  async proof(act: AuthStatement['act'], key: HolderKey, options: ProofOptions = {}) {
    const { subject } = options;
    const answer = await this.call<ChallengeBody>('/api/v1/hub/challenges', {
      body: { act, ...(subject === undefined ? {} : { subject }) },
    });
    if (answer.status !== 201) throw new Error(`no challenge: ${answer.text}`);
    return signChallenge(answer.body, key, options.change);
  }

  #header(url: URL): string {
    return [...this.#cookies.values()]
      .filter(({ host, path }) => host === url.hostname && pathMatches(url.pathname, path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  #keep(line: string, url: URL): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const attribute = (wanted: string) =>
      attributes.find((one) => one.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
    const path = attribute('path') ?? '/';
    const id = `${url.hostname} ${path} ${name}`;
    const expires = attribute('expires');
    const gone = attribute('max-age') === '0' || (expires !== undefined && Date.parse(expires) <= Date.now());
    if (gone) this.#cookies.delete(id);
    else this.#cookies.set(id, { name, value: pair.slice(at + 1), host: url.hostname, path });
  }
}

const pathMatches = (path: string, of: string) =>
  path === of || (path.startsWith(of) && (of.endsWith('/') || path[of.length] === '/'));

export type ProofOptions = { readonly subject?: string; readonly change?: Partial<AuthStatement> };

export async function signChallenge(
  challenge: ChallengeBody,
  key: HolderKey,
  change: Partial<AuthStatement> = {},
) {
  const { act, origin, challengeId, nonce, audience, issuedAt, summary } = challenge;
  const statement: AuthStatement = {
    act,
    origin,
    challengeId,
    nonce,
    audience,
    issuedAt,
    ...(summary === undefined ? {} : { summary }),
    certificateSha256: createHash('sha256').update(key.certificate).digest('hex'),
    ...change,
  };
  return {
    challengeId,
    certificate: toBase64(key.certificate),
    signature: toBase64(await key.signer.sign(authStatementBytes(statement))),
    mediaNo: null,
  };
}
