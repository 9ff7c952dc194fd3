import { readFileSync } from 'node:fs';
import http from 'node:http';

export type SocketClientOptions = {
  /** Path of a Unix socket, or name of a pipe. */
  readonly socket: string;
  /** File with the bearer token. Read at the first question: the other side makes it at its first start. */
  readonly tokenFile: string;
};

/** JSON over HTTP to a program of the same machine. */
export type SocketClient = {
  /**
   * Posts a body, or gets without one.
   *
   * @throws Error when nobody answers in time, or not in JSON
   */
  ask(path: string, body?: unknown): Promise<{ readonly status: number; readonly answer: unknown }>;
};

const TIMEOUT_MS = 20_000;
const CONNECTIONS = 32;

export function socketClient({ socket, tokenFile }: SocketClientOptions): SocketClient {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let token: string | undefined;
  return {
    async ask(path, body) {
      token ??= readFileSync(tokenFile, 'utf8').trim();
      const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
      const headers = {
        authorization: `Bearer ${token}`,
        ...(payload && { 'content-type': 'application/json', 'content-length': payload.length }),
      };
      const method = payload === undefined ? 'GET' : 'POST';
      const options = { socketPath: socket, path, method, agent, timeout: TIMEOUT_MS, headers };
      const { status, text } = await exchange(options, payload);
      return { status, answer: JSON.parse(text) };
    },
  };
}

function exchange(
  options: http.RequestOptions,
  payload: Uint8Array | undefined,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = http.request(options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('error', reject);
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 500, text: Buffer.concat(parts).toString('utf8') }),
      );
    });
    request.once('timeout', () => request.destroy(new Error('no answer in time')));
    request.once('error', reject);
    request.end(payload);
  });
}
