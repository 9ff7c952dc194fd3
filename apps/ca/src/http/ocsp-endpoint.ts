import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Authority } from '../authority.ts';
import { PATHS } from '../issue/addresses.ts';
import type { OcspAnswer } from '../status/ocsp-responder.ts';

const MAX_BODY = 16 * 1024;
const MAX_PATH = 24 * 1024;

function readBody(request: IncomingMessage, done: (body: Uint8Array | undefined) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= MAX_BODY) chunks.push(chunk);
  });
  request.on('end', () => {
    const [first] = chunks;
    if (length > MAX_BODY) done(undefined);
    else done(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks));
  });
  request.on('error', () => request.destroy());
}

/** RFC 6960 appendix A.1: base64 behind the address, percent-encoded or, as some clients do, bare. */
function readPath(url: string): Uint8Array | undefined {
  if (url.length > MAX_PATH) return undefined;
  try {
    return Buffer.from(decodeURIComponent(url.slice(PATHS.ocsp.length + 1)), 'base64');
  } catch {
    return undefined;
  }
}

/**
 * Answers OCSP on the bare HTTP server, before the framework: nearly every answer is ready, and the framework would
 * cost more than the answer. Gives false for every request that is not its own.
 */
export function ocspEndpoint(authority: Authority) {
  const { store, ocsp } = authority;

  function send(response: ServerResponse, { der, maxAge }: OcspAnswer): void {
    response.writeHead(200, {
      'content-type': 'application/ocsp-response',
      'content-length': der.length,
      'cache-control': maxAge === 0 ? 'no-store' : `public, max-age=${maxAge}, no-transform`,
    });
    response.end(der);
  }

  async function respond(response: ServerResponse, question: Uint8Array): Promise<void> {
    const { delayMs, ocspMode } = store.register.faults;
    if (delayMs > 0) await wait(delayMs);
    if (ocspMode === 'down') response.destroy();
    else send(response, await ocsp.answer(question));
  }

  function take(response: ServerResponse, question: Uint8Array | undefined): void {
    if (question === undefined) {
      response.writeHead(413, { 'content-length': 0, connection: 'close' }).end();
      return;
    }
    const ready = store.register.faults.delayMs === 0 ? ocsp.ready(question) : undefined;
    if (ready === undefined) respond(response, question).catch(() => response.destroy());
    else send(response, ready);
  }

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const url = request.url ?? '';
    if (request.method === 'POST' && url === PATHS.ocsp) {
      readBody(request, (body) => take(response, body));
      return true;
    }
    if (request.method === 'GET' && url.startsWith(`${PATHS.ocsp}/`)) {
      take(response, readPath(url));
      return true;
    }
    return false;
  };
}
