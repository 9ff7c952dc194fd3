import http from 'node:http';

export type RawAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly text: string;
};

export type RawRequest = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly timeoutMs?: number;
};

/**
 * One HTTP request with exactly these headers: `fetch` would add a program's own Sec-Fetch-Mode, by which servers
 * tell it from a browser.
 */
export function request(
  url: URL,
  { method, headers, body, timeoutMs = 30_000 }: RawRequest,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = http.request(url, { method, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const pairs = response.rawHeaders;
        const kept = new Headers();
        for (let i = 0; i < pairs.length; i += 2) kept.append(pairs[i]!, pairs[i + 1]!);
        const bytes = Buffer.concat(chunks);
        resolve({ status: response.statusCode!, headers: kept, bytes, text: bytes.toString('utf8') });
      });
    });
    sent.on('error', reject);
    sent.setTimeout(timeoutMs, () => sent.destroy(new Error(`no answer from ${url.href}`)));
    sent.end(body);
  });
}
