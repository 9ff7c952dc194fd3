import path from 'node:path';
import type { ObjectStoreConfig } from '../config/attachment-settings.ts';
import { type Attachments, createAttachments, directoryAttachments } from './attachments.ts';
import { s3Client } from './s3-client.ts';
import { s3Store } from './s3-store.ts';
import { openSpool } from './spool.ts';

export type AttachmentPlace = {
  /** Of this machine: the attachments themselves, or those on their way to the store. */
  readonly directory: string;
  readonly objectStore: ObjectStoreConfig | undefined;
};

/** Where the configuration says. */
export function openAttachments({ directory, objectStore }: AttachmentPlace): Attachments {
  if (objectStore === undefined) return directoryAttachments(directory);
  const store = s3Store(s3Client(objectStore), objectStore.prefix);
  return createAttachments(store, openSpool(path.join(directory, 'incoming')));
}
