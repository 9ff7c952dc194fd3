import { buffer } from 'node:stream/consumers';
import type { FastifyReply } from 'fastify';
import { byteRange } from '../../infra/http/byte-range.ts';
import { contentDisposition } from '../../infra/http/content-disposition.ts';
import type { FilesDeps } from './deps.ts';
import { filesError } from './errors.ts';
import type { Delivery, Exchange, FileAsked, PageAsked } from './face.ts';
import { type FileRow, fileOf } from './file-store.ts';

/** Somebody else's file in our origin: it runs nothing, loads nothing and is nobody. */
const SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";
/** Seconds. Content under its own digest never changes; a shared computer should forget it soon. */
const PREVIEW_AGE = 600;

async function ownFile(deps: FilesDeps, asked: FileAsked): Promise<FileRow> {
  const file = await fileOf(deps.database.db, asked);
  if (file === undefined) throw filesError('FILE_UNKNOWN');
  return file;
}

/** @throws FILE_UNKNOWN, FILE_RANGE, ATTACHMENT_MISSING */
export async function sendFile(
  deps: FilesDeps,
  { request, reply }: Exchange,
  asked: Delivery,
): Promise<FastifyReply> {
  const file = await ownFile(deps, asked);
  const etag = `"${file.sha256}"`;
  const { range, 'if-range': ifRange } = request.headers;
  const wanted = ifRange === undefined || ifRange === etag ? range : undefined;
  const span = byteRange(wanted, file.size);
  if (span === 'unsatisfiable') {
    reply.header('content-range', `bytes */${file.size}`);
    throw filesError('FILE_RANGE', { size: file.size });
  }
  const { stream } = await deps.attachments.open(file.sha256, span);
  reply
    .type(file.media_type)
    .header('content-disposition', contentDisposition(asked.as ?? 'attachment', asked.name ?? file.name))
    .header('content-security-policy', SANDBOX)
    .header('accept-ranges', 'bytes')
    .header('etag', etag);
  if (span === undefined) return reply.header('content-length', file.size).send(stream);
  return reply
    .code(206)
    .header('content-range', `bytes ${span.first}-${span.last}/${file.size}`)
    .header('content-length', span.last - span.first + 1)
    .send(stream);
}

/** @throws FILE_UNKNOWN, FILE_PAGE, FILE_PREVIEW */
export async function sendPage(
  deps: FilesDeps,
  { reply }: Exchange,
  { page, width, ...asked }: PageAsked,
): Promise<FastifyReply> {
  const file = await ownFile(deps, asked);
  if (page > (file.pages ?? 1)) throw filesError('FILE_PAGE', { pages: file.pages ?? 1 });
  const { stream } = await deps.attachments.open(file.sha256);
  const shown = reply
    .header('content-security-policy', SANDBOX)
    .header('cache-control', `private, max-age=${PREVIEW_AGE}`);
  if (file.media_type !== 'application/pdf') return shown.type(file.media_type).send(stream);
  const bytes = await buffer(stream);
  const pdf = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    const [drawn] = await deps.renderer.pages(pdf, { pages: [page - 1], width });
    if (drawn !== undefined) return shown.type('image/png').send(Buffer.from(drawn.png));
  } catch (cause) {
    throw filesError('FILE_PREVIEW', {}, cause);
  }
  throw filesError('FILE_PREVIEW');
}
