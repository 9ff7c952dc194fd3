import { concatBytes } from '@hufu/kernel';
import type { CryptoEngine, DigestAlgorithm } from '@hufu/pki';
import type { DigestStream, StartDigest } from '../cms/document-digest.ts';

/** `[0, gapStart)` and `[gapEnd, end)` of a file. */
export type DigestRange = { readonly gapStart: number; readonly gapEnd: number; readonly end: number };

/** Digest of what a signature covers. Ask in the order of the file: then its bytes are read once for all. */
export type RangeDigests = (range: DigestRange, algorithm: DigestAlgorithm) => Uint8Array;

const CHUNK = 1 << 20;

function feed(stream: DigestStream, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += CHUNK) stream.update(bytes.subarray(at, at + CHUNK));
}

/** A digest of the file from its start, as far as it went. */
type Running = { at: number; readonly stream: DigestStream };

export function rangeDigests(
  bytes: Uint8Array,
  tools: { readonly engine: CryptoEngine; readonly start: StartDigest | undefined },
): RangeDigests {
  const running = new Map<DigestAlgorithm, Running>();
  const known = new Map<string, Uint8Array>();

  const compute = ({ gapStart, gapEnd, end }: DigestRange, algorithm: DigestAlgorithm): Uint8Array => {
    const tail = bytes.subarray(gapEnd, end);
    const streams = tools.start !== undefined && (algorithm === 'sha256' || algorithm === 'sm3');
    if (!streams) return tools.engine.digest(algorithm, concatBytes(bytes.subarray(0, gapStart), tail));
    let prefix = running.get(algorithm);
    if (prefix === undefined || prefix.at > gapStart) prefix = { at: 0, stream: tools.start!(algorithm) };
    feed(prefix.stream, bytes.subarray(prefix.at, gapStart));
    prefix.at = gapStart;
    const branch = prefix.stream.copy?.();
    if (branch === undefined) running.delete(algorithm);
    else running.set(algorithm, prefix);
    const whole = branch ?? prefix.stream;
    feed(whole, tail);
    return new Uint8Array(whole.digest());
  };

  return (range, algorithm) => {
    const key = `${algorithm}:${range.gapStart}:${range.gapEnd}:${range.end}`;
    const found = known.get(key) ?? compute(range, algorithm);
    known.set(key, found);
    return found;
  };
}
