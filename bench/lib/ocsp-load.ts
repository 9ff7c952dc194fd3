import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const SECONDS = 2;
const KEPT_CONNECTIONS = 16;
/** `openssl ocsp` takes one connection after the other. */
const NEW_CONNECTIONS = 4;
const TYPE = 'application/ocsp-request';

export type Load = {
  readonly port: number;
  readonly path: string;
  readonly requests: readonly Uint8Array[];
  /** Over connections that stay, or a new connection each time. */
  readonly keep: boolean;
};

/** End of the first whole HTTP response in `data`, or -1. Both servers state Content-Length. */
function responseEnd(data: Buffer): number {
  const head = data.indexOf('\r\n\r\n');
  if (head < 0) return -1;
  const length = /content-length: *(\d+)/i.exec(data.subarray(0, head).toString('latin1'))?.[1];
  const end = head + 4 + Number(length ?? 0);
  return data.length >= end ? end : -1;
}

/** One client that always has one request under way; counts the whole answers. */
function client(load: Load, start: number, counter: { answers: number; stop: boolean }): Promise<void> {
  const messages = load.requests.map((body) => {
    const head = `POST ${load.path} HTTP/1.${load.keep ? 1 : 0}\r\nHost: 127.0.0.1\r\nContent-Type: ${TYPE}\r\nContent-Length: ${body.length}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), body]);
  });
  let next = start;
  return new Promise((resolve, reject) => {
    function open(): void {
      if (counter.stop) {
        resolve();
        return;
      }
      const socket = connect(load.port, '127.0.0.1');
      let data: Buffer = Buffer.alloc(0);
      const ask = (): void => {
        socket.write(messages[next++ % messages.length]!);
      };
      socket.setNoDelay(true);
      socket.on('connect', ask);
      socket.on('error', reject);
      socket.on('data', (chunk: Buffer) => {
        data = data.length === 0 ? chunk : Buffer.concat([data, chunk]);
        const end = responseEnd(data);
        if (end < 0) return;
        if (!data.subarray(0, 15).includes(' 200')) return reject(new Error('not an answer'));
        counter.answers++;
        data = data.subarray(end);
        if (counter.stop || !load.keep) socket.destroy();
        else ask();
      });
      socket.on('close', open);
    }
    open();
  });
}

/** Loads a responder for two seconds and counts its whole answers. */
export async function answersPerSecond(load: Load): Promise<number> {
  const counter = { answers: 0, stop: false };
  const start = performance.now();
  const count = load.keep ? KEPT_CONNECTIONS : NEW_CONNECTIONS;
  const clients = Array.from({ length: count }, (_, i) => client(load, 7 * i, counter));
  await Promise.race([wait(1000 * SECONDS), Promise.all(clients)]);
  counter.stop = true;
  const seconds = (performance.now() - start) / 1000;
  const { answers } = counter;
  await Promise.race([wait(500), Promise.allSettled(clients)]);
  return answers / seconds;
}
