import { CodedError } from '@hufu/kernel';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { infraError } from '../errors.ts';
import { parseForm } from './parse-form.ts';

export type FileExpectation<S extends z.ZodType> = {
  /** Name of the part. */
  readonly field: string;
  /** Of the fields beside it. */
  readonly form: S;
  /** Bytes. */
  readonly largest: number;
  /** What a larger file is refused with. */
  readonly tooLarge?: () => CodedError;
};

export type ReceivedFile = { readonly bytes: Uint8Array; readonly name: string };

const LONGEST_NAME = 200;
const MEGABYTE = 1024 * 1024;

/** A name for people to recognise a file by; never part of a path. RFC 7578 §4.2: a sender may leave it out. */
export const cleanName = (name: string | undefined): string =>
  (name ?? '')
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\\/]/gu, '')
    .slice(-LONGEST_NAME);

/**
 * One file of a multipart request, in memory alone, and the fields beside it. An empty part counts as none.
 * @throws REQUEST_TYPE, FILE_TOO_LARGE or what is expected in its place, and the fields' own complaints
 */
export async function receiveFile<S extends z.ZodType>(
  request: FastifyRequest,
  { field, form, largest, tooLarge = () => infraError('FILE_TOO_LARGE') }: FileExpectation<S>,
): Promise<{ readonly file: ReceivedFile | undefined; readonly fields: z.output<S> }> {
  if (!request.isMultipart()) throw new CodedError('REQUEST_TYPE');
  const fields: Record<string, unknown> = {};
  let file: ReceivedFile | undefined;
  for await (const part of request.parts({ limits: { fileSize: largest + 1, files: 1 } })) {
    if (part.type === 'field') {
      fields[part.fieldname] = part.value;
      continue;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of part.file as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > largest) throw tooLarge();
      chunks.push(chunk);
    }
    if (part.fieldname === field && size > 0)
      file = { bytes: joined(chunks), name: cleanName(part.filename) };
  }
  return { file, fields: parseForm(form, fields) };
}

/** A memory of its own: small buffers share Node's pool, and what is handed to a thread must not. */
function joined(chunks: readonly Buffer[]): Uint8Array {
  const all = Buffer.concat(chunks);
  return all.length < MEGABYTE
    ? Uint8Array.from(all)
    : new Uint8Array(all.buffer, all.byteOffset, all.length);
}
