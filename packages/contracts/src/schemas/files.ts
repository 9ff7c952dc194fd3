import { z } from 'zod';
import { Text, Timestamp } from './common.ts';

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** OD-37: judged by content, never by name or header. */
export const FileMediaType = z
  .enum(['application/pdf', 'image/jpeg', 'image/png'])
  .meta({ id: 'FileMediaType' });
export type FileMediaType = z.infer<typeof FileMediaType>;

/** A file that an entity has uploaded. Its first four members are what a record keeps of it. */
export const LibraryFile = z
  .object({
    sha256: Sha256,
    name: z.string(),
    /** Bytes. */
    size: z.int(),
    mediaType: FileMediaType,
    sm3: Sha256,
    /** Of a PDF; null where it cannot be shown, and for pictures. */
    pages: z.int().nullable(),
    /** What a scanner of malware has said; infected files are refused. */
    scan: z.enum(['NOT_SCANNED', 'CLEAN']),
    uploadedAt: Timestamp,
  })
  .meta({ id: 'LibraryFile' });
export type LibraryFile = z.infer<typeof LibraryFile>;

/** What one entity may keep, and has. Bytes. */
export const FileQuota = z
  .object({
    bytes: z.int(),
    usedBytes: z.int(),
    files: z.int(),
    usedFiles: z.int(),
    /** Of one file. */
    largestFile: z.int(),
  })
  .meta({ id: 'FileQuota' });
export type FileQuota = z.infer<typeof FileQuota>;

export const UploadForm = z.object({
  name: Text(200),
  /** Bytes. */
  size: z.int().min(0),
  /** Of the whole file, where the sender knows it: a file that the entity has already needs no upload. */
  sha256: Sha256.optional(),
});

/** An upload under way. Its bytes are sent and resumed by the core protocol of tus 1.0.0 at `…/uploads/:id`. */
export const UploadSession = z
  .object({
    id: z.string(),
    name: z.string(),
    size: z.int(),
    /** Bytes that have safely arrived: the next ones begin here. */
    received: z.int(),
    /** Afterwards it must be begun anew. */
    expiresAt: Timestamp,
    /** The file, when the entity has it already: nothing is to be sent. */
    file: LibraryFile.nullable(),
  })
  .meta({ id: 'UploadSession' });
export type UploadSession = z.infer<typeof UploadSession>;

export const FileQuery = z.object({
  /** For the header; the name at the upload where it is absent. */
  name: Text(200).optional(),
  /** `inline`: pictures and PDFs are shown by the browser, in a sandbox. */
  as: z.enum(['attachment', 'inline']).default('attachment'),
});

export const PreviewQuery = z.object({
  /** Pixels. */
  width: z.coerce.number().int().min(100).max(2000).default(1000),
});
