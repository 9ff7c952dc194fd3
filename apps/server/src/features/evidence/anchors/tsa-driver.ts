import { CodedError, drawRandom, type RandomBytes } from '@hufu/kernel';
import {
  buildTimeStampRequest,
  type CryptoEngine,
  parseTimeStampResponse,
  type TimeStampResponse,
  verifyTimeStampToken,
} from '@hufu/pki';
import { anchorError } from './errors.ts';
import type { TsaTrust } from './tsa-trust.ts';

export type TimeStamp = {
  /** TimeStampToken, DER (RFC 3161 §2.4.2). */
  readonly token: Uint8Array;
  /** Milliseconds since the epoch, as the service states it. */
  readonly time: number;
  /** Hexadecimal. */
  readonly serial: string;
  /** OID. */
  readonly policy: string;
  /** Last moment of the signer's certificate, milliseconds since the epoch. */
  readonly signerUntil: number;
};

export type TsaDriver = {
  /**
   * Has the SHA-256 of the content stamped, and believes nothing of the answer unchecked.
   * @throws TSA_UNREACHABLE, TSA_REFUSED, TSA_ANSWER_INVALID, TSA_UNTRUSTED
   */
  stamp(content: Uint8Array): Promise<TimeStamp>;
};

export type TsaDriverOptions = {
  readonly url: string;
  readonly trust: TsaTrust;
  /** OID that is asked for and must come back; undefined when any will do. */
  readonly policy: string | undefined;
  readonly engine: CryptoEngine;
  readonly random: RandomBytes;
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 256 * 1024;
const NONCE_BYTES = 16;

/** A time-stamp service over HTTP (RFC 3161 §3.4). */
export function createTsaDriver(options: TsaDriverOptions): TsaDriver {
  const { url, trust, policy, engine, random, timeoutMs = TIMEOUT_MS } = options;
  return {
    async stamp(content) {
      const imprint = { digest: 'sha256', hash: engine.digest('sha256', content) } as const;
      const nonce = positive(drawRandom(random, NONCE_BYTES));
      const request = buildTimeStampRequest({ ...imprint, policy, nonce, certificateRequested: true });
      const { status, failures, token } = read(await post({ url, request, timeoutMs }));
      if (token === undefined) throw anchorError('TSA_REFUSED', { status, failures: [...failures] });
      const verdict = await verifyTimeStampToken({ token, imprint, nonce }, engine);
      if (!verdict.valid) throw anchorError('TSA_ANSWER_INVALID', { reason: verdict.reason });
      const { info, signedData } = token;
      if (policy !== undefined && info.policy !== policy) {
        throw anchorError('TSA_ANSWER_INVALID', { reason: 'policy' });
      }
      const { certificate, time } = verdict;
      if (!(await trust(certificate, signedData.certificates, time))) throw anchorError('TSA_UNTRUSTED');
      return {
        token: token.der,
        time,
        serial: info.serialHex,
        policy: info.policy,
        signerUntil: certificate.notAfter,
      };
    },
  };
}

function read(answer: Uint8Array): TimeStampResponse {
  try {
    return parseTimeStampResponse(answer);
  } catch (error) {
    if (error instanceof CodedError) throw anchorError('TSA_ANSWER_INVALID', { reason: error.code }, error);
    throw error;
  }
}

/** The nonce as an INTEGER that no reader takes for a negative one. */
const positive = (bytes: Uint8Array): bigint =>
  bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n) | 1n;

async function post(question: {
  readonly url: string;
  readonly request: Uint8Array;
  readonly timeoutMs: number;
}): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(question.url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(question.timeoutMs),
      headers: { 'content-type': 'application/timestamp-query' },
      body: new Uint8Array(question.request),
    });
    if (response.ok) return await readBounded(response);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw anchorError('TSA_UNREACHABLE', {}, error);
  }
  await response.body?.cancel();
  throw anchorError('TSA_UNREACHABLE', { status: response.status });
}

async function readBounded(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    // Leaving the loop cancels the stream.
    if (size > MAX_BYTES) throw anchorError('TSA_ANSWER_INVALID', { reason: 'size' });
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
