import net from 'node:net';
import type { Scanner, ScanVerdict } from './scanner.ts';

export type ClamdOptions = {
  readonly host: string;
  readonly port: number;
  /** Milliseconds for one file, the connection included. */
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 30_000;
const PIECE = 64 * 1024;
const LONGEST_ANSWER = 1024;

/**
 * clamd(8), command INSTREAM: pieces behind their length in four bytes, the most significant first, and a length of
 * zero at the end. The answer is `stream: OK`, `stream: <name> FOUND` or a text that ends in `ERROR`.
 */
export function clamdScanner({ host, port, timeoutMs = TIMEOUT_MS }: ClamdOptions): Scanner {
  return {
    scan: (bytes) =>
      new Promise((resolve) => {
        let said = '';
        const socket = net.connect({ host, port });
        const settle = (verdict: ScanVerdict) => {
          clearTimeout(timer);
          socket.destroy();
          resolve(verdict);
        };
        const timer = setTimeout(() => settle({ status: 'indeterminate', reason: 'timeout' }), timeoutMs);
        socket.on('error', () => settle(said === '' ? SILENT : verdictOf(said)));
        socket.on('data', (chunk) => {
          said += chunk.toString('latin1');
          if (said.length > LONGEST_ANSWER || said.includes('\0')) settle(verdictOf(said));
        });
        socket.on('end', () => settle(verdictOf(said)));
        socket.on('connect', () => socket.write(message(bytes)));
      }),
  };
}

const SILENT: ScanVerdict = { status: 'indeterminate', reason: 'no connection' };

function message(bytes: Uint8Array): Buffer {
  const parts: Buffer[] = [Buffer.from('zINSTREAM\0', 'latin1')];
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    parts.push(length, Buffer.from(piece.buffer, piece.byteOffset, piece.length));
  }
  parts.push(Buffer.alloc(4));
  return Buffer.concat(parts);
}

function verdictOf(answer: string): ScanVerdict {
  const text = answer.split('\0')[0]!.trim();
  if (text === 'stream: OK') return { status: 'clean' };
  const finding = /^stream: (.{1,200}) FOUND$/.exec(text)?.[1];
  if (finding !== undefined) return { status: 'infected', finding };
  return { status: 'indeterminate', reason: text === '' ? 'no answer' : text.slice(0, 200) };
}
