import { createHash, randomBytes } from 'node:crypto';
import http from 'node:http';
import type { Client } from './login-world.ts';

export type Answer = {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: string;
};

type Ask = {
  readonly method?: string;
  readonly body?: string;
  readonly type?: string;
  readonly basic?: string;
};

/** One browser over kept connections: cookies by path, no redirects of its own accord. */
export class Walker {
  readonly #base: URL;
  readonly #agent: http.Agent;
  readonly #cookies = new Map<string, { readonly value: string; readonly path: string }>();

  constructor(base: string, agent: http.Agent) {
    this.#base = new URL(base);
    this.#agent = agent;
  }

  json(path: string, body?: unknown): Promise<Answer> {
    return this.ask(path, {
      method: 'POST',
      ...(body === undefined ? {} : { body: JSON.stringify(body), type: 'application/json' }),
    });
  }

  ask(address: string, { method = 'GET', body, type, basic }: Ask = {}): Promise<Answer> {
    const url = new URL(address, this.#base);
    const cookies = [...this.#cookies]
      .filter(([, one]) => url.pathname.startsWith(one.path))
      .map(([key, one]) => `${key.split('|')[0]}=${one.value}`);
    const headers: Record<string, string> = {
      accept: '*/*',
      ...(method === 'GET' || basic !== undefined ? {} : { origin: this.#base.origin }),
      ...(type === undefined ? {} : { 'content-type': type }),
      ...(basic === undefined
        ? { ...(cookies.length === 0 ? {} : { cookie: cookies.join('; ') }) }
        : { authorization: `Basic ${Buffer.from(basic).toString('base64')}` }),
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    };
    return new Promise((resolve, reject) => {
      const request = http.request(url, { method, headers, agent: this.#agent }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          for (const line of response.headers['set-cookie'] ?? []) this.#keep(line);
          resolve({ status: response.statusCode ?? 0, location: response.headers.location, body: text });
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
    const key = `${pair.slice(0, at)}|${path}`;
    const gone = attributes.some((one) => /^expires=thu, 01 jan 1970/i.test(one));
    if (gone || at === pair.length - 1) this.#cookies.delete(key);
    else this.#cookies.set(key, { value: pair.slice(at + 1), path });
  }
}

export type Authorisation = { readonly url: string; readonly verifier: string };

export function authorisation(issuer: string, client: Client): Authorisation {
  const verifier = randomBytes(32).toString('base64url');
  const parameters = new URLSearchParams({
    client_id: client.id,
    redirect_uri: client.redirectUri,
    response_type: 'code',
    scope: 'openid entity certificate',
    state: randomBytes(8).toString('hex'),
    nonce: randomBytes(8).toString('hex'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return { url: `${issuer}/auth?${parameters}`, verifier };
}

/** The platform's part: redeems the code that the browser brought. */
export async function redeem(
  walker: Walker,
  issuer: string,
  back: { callback: string; verifier: string; client: Client },
): Promise<void> {
  const code = new URL(back.callback).searchParams.get('code');
  if (code === null) throw new Error(`no code: ${back.callback}`);
  const answer = await walker.ask(`${issuer}/token`, {
    method: 'POST',
    type: 'application/x-www-form-urlencoded',
    basic: `${encodeURIComponent(back.client.id)}:${encodeURIComponent(back.client.secret)}`,
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: back.client.redirectUri,
      code_verifier: back.verifier,
    }).toString(),
  });
  if (answer.status !== 200 || !answer.body.includes('id_token')) throw new Error(`token: ${answer.body}`);
}

export function expectStatus(answer: Answer, ...statuses: number[]): Answer {
  if (!statuses.includes(answer.status)) throw new Error(`${answer.status}: ${answer.body.slice(0, 500)}`);
  return answer;
}
