import type { FastifyReply } from 'fastify';
import { contentDisposition } from '../../../infra/http/content-disposition.ts';
import type { RaDeps } from '../deps.ts';
import type { FileRow } from './order-store.ts';

/** Shows a picture or a PDF of an application to whom the caller has found to have the right. */
export async function serveFile(
  { attachments }: Pick<RaDeps, 'attachments'>,
  file: FileRow,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { stream, size } = await attachments.open(file.sha256);
  return reply
    .type(file.media_type)
    .header('content-length', size)
    .header('content-disposition', contentDisposition('inline', file.name))
    .header('cache-control', 'private, no-store')
    .header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'self'")
    .send(stream);
}
