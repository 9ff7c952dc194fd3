import { z } from 'zod';
import { defineRoute, MAINTAINERS, MEMBERS } from '../route.ts';
import { Id } from '../schemas/common.ts';
import {
  FileQuery,
  FileQuota,
  LibraryFile,
  PreviewQuery,
  Sha256,
  UploadForm,
  UploadSession,
} from '../schemas/files.ts';

const byId = z.object({ id: Id });
const byDigest = z.object({ sha256: Sha256 });

/**
 * Attachments of the entity library (OD-37). A large file: `begin`, then `append` until `received` is `size`, then
 * `complete`. The transport is the core protocol of tus 1.0.0 (https://tus.io/protocols/resumable-upload) with its
 * extensions expiration and termination; the upload itself begins by a JSON form. HEAD of an upload, or `progress`,
 * says where to go on.
 */
export const fileRoutes = {
  quota: defineRoute({
    id: 'libraryFileQuota',
    method: 'GET',
    path: '/api/v1/library/file-quota',
    summary: 'How much the entity may keep, and has',
    actors: MEMBERS,
    responses: { 200: FileQuota },
  }),
  /** The file is the part `file`. */
  upload: defineRoute({
    id: 'libraryUploadFile',
    method: 'POST',
    path: '/api/v1/library/files',
    summary: 'Upload a small file in one request (multipart)',
    actors: MAINTAINERS,
    form: z.object({}),
    responses: { 201: LibraryFile },
  }),
  begin: defineRoute({
    id: 'libraryBeginUpload',
    method: 'POST',
    path: '/api/v1/library/uploads',
    summary: 'Begin an upload that can be resumed',
    actors: MAINTAINERS,
    body: UploadForm,
    responses: { 201: UploadSession },
  }),
  /** HEAD answers the same headers: Upload-Offset, Upload-Length, Upload-Expires. */
  progress: defineRoute({
    id: 'libraryUploadProgress',
    method: 'GET',
    path: '/api/v1/library/uploads/:id',
    summary: 'How far an upload has come',
    actors: MAINTAINERS,
    params: byId,
    responses: { 200: UploadSession },
  }),
  /** Body: bytes, as application/offset+octet-stream, from the offset that the header Upload-Offset names. */
  append: defineRoute({
    id: 'libraryAppendUpload',
    method: 'PATCH',
    path: '/api/v1/library/uploads/:id',
    summary: 'Send the next bytes of an upload (tus 1.0.0)',
    actors: MAINTAINERS,
    params: byId,
    responses: { 204: null },
  }),
  complete: defineRoute({
    id: 'libraryCompleteUpload',
    method: 'POST',
    path: '/api/v1/library/uploads/:id/completion',
    summary: 'Check and keep a file whose bytes have all arrived',
    actors: MAINTAINERS,
    params: byId,
    responses: { 201: LibraryFile },
  }),
  abandon: defineRoute({
    id: 'libraryAbandonUpload',
    method: 'DELETE',
    path: '/api/v1/library/uploads/:id',
    summary: 'Give an upload up',
    actors: MAINTAINERS,
    params: byId,
    responses: { 204: null },
  }),
  find: defineRoute({
    id: 'libraryFileFacts',
    method: 'GET',
    path: '/api/v1/library/files/:sha256/facts',
    summary: 'What is known of a file of the entity',
    actors: MEMBERS,
    params: byDigest,
    responses: { 200: LibraryFile },
  }),
  /** Answers the file; ranges of bytes are served. */
  download: defineRoute({
    id: 'libraryFile',
    method: 'GET',
    path: '/api/v1/library/files/:sha256',
    summary: 'A file of the entity',
    actors: MEMBERS,
    params: byDigest,
    query: FileQuery,
    responses: { 200: null, 206: null },
  }),
  /** Answers image/png, or the picture itself; pages from 1. */
  preview: defineRoute({
    id: 'libraryFilePreview',
    method: 'GET',
    path: '/api/v1/library/files/:sha256/preview/:page',
    summary: 'Picture of one page of a file of the entity',
    actors: MEMBERS,
    params: byDigest.extend({ page: z.coerce.number().int().min(1).max(10_000) }),
    query: PreviewQuery,
    responses: { 200: null },
  }),
} as const;
