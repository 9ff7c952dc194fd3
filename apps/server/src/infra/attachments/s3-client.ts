import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { pipeline } from 'node:stream/promises';
import { AwsV4Signer } from 'aws4fetch';
import { infraError } from '../errors.ts';

export type S3Options = {
  /** Without a slash at the end; buckets are addressed by path. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

export type S3Request = {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Of the object; empty for the bucket. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** A file and what is known of it: one signed PUT needs length and SHA-256 beforehand. */
  readonly body?: { readonly file: string; readonly size: number; readonly sha256: string };
};

export type S3Answer = { readonly status: number; readonly message: http.IncomingMessage };

/** Sends one signed request. @throws ATTACHMENT_STORE when the store does not answer, or cannot for the moment */
export type S3Client = (request: S3Request) => Promise<S3Answer>;

/** SHA-256 of nothing. */
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
/** Milliseconds without a byte in either direction. */
const IDLE_MS = 10_000;
const TRIES = 3;
const BACK_OFF_MS = 200;
const MOST_CONNECTIONS = 32;

/** AWS Signature Version 4, over Node's own HTTP: a file goes out as it is read, with its length. */
export function s3Client(options: S3Options): S3Client {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = options;
  const transport = endpoint.startsWith('https:') ? https : http;
  const agent = new transport.Agent({ keepAlive: true, maxSockets: MOST_CONNECTIONS });

  const once = async ({ method, key, query, headers, body }: S3Request): Promise<S3Answer> => {
    const url = new URL(`${endpoint}/${bucket}${key === '' ? '' : `/${key}`}`);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    const signed = await new AwsV4Signer({
      method,
      url: url.href,
      headers: { ...headers, 'x-amz-content-sha256': body?.sha256 ?? EMPTY },
      accessKeyId,
      secretAccessKey,
      service: 's3',
      region,
    }).sign();
    const sent = Object.fromEntries(signed.headers);
    if (body !== undefined) sent['content-length'] = String(body.size);
    else if (method === 'PUT') sent['content-length'] = '0';
    const request = transport.request(signed.url, { method, headers: sent, agent, timeout: IDLE_MS });
    const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
      request.once('response', resolve);
      request.once('error', reject);
      request.once('timeout', () => request.destroy(new Error('the store is silent')));
    });
    // An answer may come, and the connection close, before the whole file has gone out.
    const written = body
      ? pipeline(fs.createReadStream(body.file), request).catch(() => {})
      : Promise.resolve(request.end());
    const message = await answered;
    await written;
    return { status: message.statusCode ?? 0, message };
  };

  return async (request) => {
    for (let tries = 1; ; tries += 1) {
      try {
        const answer = await once(request);
        if (answer.status < 500) return answer;
        await discard(answer);
        throw new Error(`the store answered ${answer.status}`);
      } catch (cause) {
        if (tries === TRIES) throw infraError('ATTACHMENT_STORE', {}, cause);
        await new Promise((resolve) => setTimeout(resolve, BACK_OFF_MS * 4 ** (tries - 1)));
      }
    }
  };
}

/** Frees the connection of an answer whose body is of no interest. */
export async function discard({ message }: S3Answer): Promise<void> {
  message.on('error', () => {});
  message.resume();
  if (!message.readableEnded && !message.destroyed) {
    await new Promise((resolve) => message.once('close', resolve).once('end', resolve));
  }
}
