import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  type Attachments,
  LARGEST_ATTACHMENT,
  type StoredAttachment,
} from '../../infra/attachments/attachments.ts';

/** OD-37 for what comes in; what seals add is on top of it. */
export const LARGEST_DOCUMENT = LARGEST_ATTACHMENT;
const LARGEST_SEALED = 3 * LARGEST_ATTACHMENT;

export async function readDocument(attachments: Attachments, sha256: string): Promise<Uint8Array> {
  const { stream } = await attachments.open(sha256);
  const bytes = await buffer(stream);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** On disk when this returns. */
export const keepDocument = (
  attachments: Attachments,
  parts: readonly Uint8Array[],
): Promise<StoredAttachment> =>
  attachments.store(
    Readable.from(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.length))),
    LARGEST_SEALED,
  );
