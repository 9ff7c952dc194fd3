import { fileRoutes } from '@hufu/contracts';
import { CodedError } from '@hufu/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { auditOrigin } from '../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../infra/http/http-app.ts';
import { receiveFile } from '../../infra/http/receive-file.ts';
import { actorOf, type Member, memberOf, serve } from '../access/index.ts';
import { appendUpload } from './append-upload.ts';
import { beginUpload, reserveUpload, uploadView } from './begin-upload.ts';
import { completeUpload, endUpload } from './complete-upload.ts';
import { sendFile, sendPage } from './deliver.ts';
import type { FilesDeps } from './deps.ts';
import { filesError } from './errors.ts';
import { fileOf, fileView, usageOf } from './file-store.ts';
import { keepFile } from './keep-file.ts';
import { type UploadRow, uploadOf } from './upload-store.ts';

const TUS = '1.0.0';
const BYTES = 'application/offset+octet-stream';

/** Looking stays open to a frozen entity; adding does not. */
function maintainerOf(request: FastifyRequest): Member {
  const member = memberOf(request);
  if (member.entityState === 'FROZEN') throw filesError('LIBRARY_ENTITY_FROZEN');
  return member;
}

/** tus 1.0.0: whoever names another version is told which one is spoken. */
function speakTus(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('tus-resumable', TUS);
  const asked = request.headers['tus-resumable'];
  if (asked !== undefined && asked !== TUS) {
    reply.header('tus-version', TUS);
    throw filesError('FILE_PROTOCOL');
  }
}

const showProgress = (reply: FastifyReply, row: Pick<UploadRow, 'received' | 'size' | 'expires_at'>) =>
  reply
    .header('upload-offset', row.received)
    .header('upload-length', row.size)
    .header('upload-expires', row.expires_at.toUTCString());

/** 附件 of the members of the library. */
export function fileRoutesOf(app: HttpApp, deps: FilesDeps): void {
  const { db } = deps.database;
  // The bytes are read where they are needed, as they arrive.
  app.addContentTypeParser(BYTES, (_request, _payload, done) => done(null));

  /** What is refused to somebody who looks is written down as well: it may be somebody else's file (OD-37). */
  const audited = async <T>(request: FastifyRequest, action: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof CodedError) {
        const { sha256, id } = request.params as { sha256?: string; id?: string };
        await deps.audit.refused({
          actor: actorOf(memberOf(request)),
          action,
          subject: { kind: 'file', id: sha256 ?? id ?? '' },
          origin: auditOrigin(request, deps.sourceHash),
          code: error.code,
        });
      }
      throw error;
    }
  };

  serve(app, {
    route: fileRoutes.quota,
    handler: async ({ request }) => {
      const { largest, quotaBytes, quotaFiles } = deps.config.files;
      const used = await usageOf(db, memberOf(request).entityId, new Date(deps.clock.now()));
      return {
        bytes: quotaBytes,
        usedBytes: used.bytes,
        files: quotaFiles,
        usedFiles: used.files,
        largestFile: largest,
      };
    },
  });

  serve(app, {
    route: fileRoutes.upload,
    config: { limit: 'library-upload' },
    handler: async ({ request }) => {
      const { entityId } = maintainerOf(request);
      const expected = { field: 'file', form: z.object({}), largest: deps.config.files.largest };
      const { file } = await receiveFile(request, expected);
      if (file === undefined) throw filesError('FILE_MISSING');
      const { name, bytes } = file;
      const upload = await reserveUpload(deps, { entityId, name, size: bytes.length });
      try {
        return fileView(await keepFile(deps, upload, bytes));
      } finally {
        await endUpload(deps, upload.id);
      }
    },
  });

  serve(app, {
    route: fileRoutes.begin,
    config: { limit: 'library-upload' },
    handler: async ({ body, request, reply }) => {
      const session = await beginUpload(deps, { ...body, entityId: maintainerOf(request).entityId });
      reply.header('location', `/api/v1/library/uploads/${session.id}`).header('tus-resumable', TUS);
      return session;
    },
  });

  serve(app, {
    route: fileRoutes.progress,
    handler: ({ params, request, reply }) =>
      audited(request, 'file.look', async () => {
        speakTus(request, reply);
        const { entityId } = memberOf(request);
        const row = await uploadOf(db, { id: params.id, entityId }, new Date(deps.clock.now()));
        showProgress(reply, row);
        return uploadView(deps, row);
      }),
  });

  serve(app, {
    route: fileRoutes.append,
    config: { limit: 'library-append' },
    handler: async ({ params, request, reply }) => {
      speakTus(request, reply);
      const { entityId } = maintainerOf(request);
      const offset = Number(request.headers['upload-offset'] ?? Number.NaN);
      if (request.headers['content-type'] !== BYTES) throw new CodedError('REQUEST_TYPE');
      if (!Number.isSafeInteger(offset) || offset < 0) throw new CodedError('REQUEST_MALFORMED');
      const received = await appendUpload(deps, { id: params.id, entityId, offset, content: request.raw });
      reply.header('upload-offset', received);
      return undefined;
    },
  });

  serve(app, {
    route: fileRoutes.complete,
    config: { limit: 'library-upload' },
    handler: async ({ params, request }) => {
      const { entityId } = maintainerOf(request);
      return fileView(await completeUpload(deps, { id: params.id, entityId }));
    },
  });

  serve(app, {
    route: fileRoutes.abandon,
    handler: async ({ params, request, reply }) => {
      speakTus(request, reply);
      const { entityId } = memberOf(request);
      const { id } = await uploadOf(db, { id: params.id, entityId }, new Date(deps.clock.now()));
      await endUpload(deps, id);
      return undefined;
    },
  });

  serve(app, {
    route: fileRoutes.find,
    handler: ({ params, request }) =>
      audited(request, 'file.look', async () => {
        const { entityId } = memberOf(request);
        const file = await fileOf(db, { entityId, sha256: params.sha256 });
        if (file === undefined) throw filesError('FILE_UNKNOWN');
        return fileView(file);
      }),
  });

  serve(app, {
    route: fileRoutes.download,
    handler: ({ params, query, request, reply }) =>
      audited(request, 'file.download', () => {
        const { entityId } = memberOf(request);
        return sendFile(deps, { request, reply }, { entityId, ...params, ...query });
      }),
  });

  serve(app, {
    route: fileRoutes.preview,
    config: { limit: 'library-preview' },
    handler: ({ params, query, request, reply }) =>
      audited(request, 'file.preview', () => {
        const { entityId } = memberOf(request);
        return sendPage(deps, { request, reply }, { entityId, ...params, ...query });
      }),
  });
}
