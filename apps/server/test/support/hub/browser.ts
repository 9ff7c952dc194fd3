import { createHash } from 'node:crypto';
import type { Problem } from '@hufu/contracts';
import { toBase64 } from '@hufu/kernel';
import { type AuthStatement, authStatementBytes } from '@hufu/keybridge-client';
import type { TestKey } from './test-authority.ts';

export type Answer<T = Record<string, unknown>> = {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
};

type Send = { readonly method?: string; readonly body?: unknown; readonly headers?: Record<string, string> };

/** What a page in one browser can do: requests with its cookies and its origin, and a key's signatures. */
export class Browser {
  readonly base: string;
  readonly cookies = new Map<string, string>();
  /** What the browser reports as the page's origin; a hostile page's can be set here. */
  origin: string;

  constructor(base: string) {
    this.base = base;
    this.origin = new URL(base).origin;
  }

  async call<T = Record<string, unknown>>(
    path: string,
    { method, body, headers }: Send = {},
  ): Promise<Answer<T>> {
    const isForm = body instanceof FormData;
    const response = await fetch(new URL(path, this.base), {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      redirect: 'manual',
      headers: {
        origin: this.origin,
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...(this.cookies.size > 0
          ? { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
          : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return {
      status: response.status,
      body: (isJson ? JSON.parse(text) : text) as T,
      headers: response.headers,
    };
  }

  /** Gets a challenge and has the key answer it; the statement can be tampered with before it is signed. */
  async proof(act: AuthStatement['act'], key: TestKey, options: ProofOptions = {}) {
    const answer = await this.call<ChallengeBody>('/api/v1/hub/challenges', {
      body: { act, ...(options.subject === undefined ? {} : { subject: options.subject }) },
    });
    if (answer.status !== 201) throw new Refused(answer as unknown as Answer<Problem>);
    return signed(answer.body, key, options);
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const gone = attributes.some((one) => /^\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(one));
    if (gone) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(at + 1));
  }
}

export class Refused extends Error {
  readonly answer: Answer<Problem>;
  constructor(answer: Answer<Problem>) {
    super(answer.body.code);
    this.answer = answer;
  }
}

export type ProofOptions = {
  readonly subject?: string;
  readonly mediaNo?: string;
  readonly change?: Partial<AuthStatement>;
};

type ChallengeBody = {
  readonly act: AuthStatement['act'];
  readonly challengeId: string;
  readonly nonce: string;
  readonly audience: string;
  readonly origin: string;
  readonly issuedAt: string;
  readonly summary?: string;
};

export async function signed(challenge: ChallengeBody, key: TestKey, options: ProofOptions = {}) {
  const statement: AuthStatement = {
    act: challenge.act,
    origin: challenge.origin,
    challengeId: challenge.challengeId,
    nonce: challenge.nonce,
    audience: challenge.audience,
    issuedAt: challenge.issuedAt,
    ...(challenge.summary === undefined ? {} : { summary: challenge.summary }),
    certificateSha256: createHash('sha256').update(key.certificate).digest('hex'),
    ...options.change,
  };
  return {
    challengeId: challenge.challengeId,
    certificate: toBase64(key.certificate),
    signature: toBase64(await key.signer.sign(authStatementBytes(statement))),
    mediaNo: options.mediaNo ?? null,
  };
}
