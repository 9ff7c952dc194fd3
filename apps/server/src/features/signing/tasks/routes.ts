import { type SigningTask, signingRoutes, TaskForm } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { receiveFile } from '../../../infra/http/receive-file.ts';
import { holderOf, serve } from '../../access/index.ts';
import type { SigningDeps } from '../deps.ts';
import { LARGEST_DOCUMENT, readDocument } from '../documents.ts';
import { signingError } from '../errors.ts';
import { pageImage } from '../preview/document-preview.ts';
import { byOf } from '../sealing/routes.ts';
import { sendPng } from '../seals/routes.ts';
import { acceptUpload } from './accept-upload.ts';
import { reachTask } from './access.ts';
import { acknowledgePages } from './acknowledge-pages.ts';
import { cancelTask, declineSigning } from './end-task.ts';
import { finishSigning } from './finish-signing.ts';
import { nameSigners } from './name-signers.ts';
import { openTask } from './open-task.ts';
import { placeSeal } from './place-seal.ts';
import { pageOfTasks, sealedLetters } from './task-store.ts';
import { pagesView, taskViews } from './views.ts';

/** What a sealed file may have more than the one that was opened. */
const LARGEST_UPLOAD = 2 * LARGEST_DOCUMENT;

/** 签章: documents from upload to 已签章. */
export function taskRoutes(app: HttpApp, deps: SigningDeps): void {
  const { db } = deps.database;
  const reached = (id: string, request: FastifyRequest) =>
    reachTask(deps, { id, enterpriseId: holderOf(request).enterpriseId });
  const shown = async (id: string, request: FastifyRequest): Promise<SigningTask> => {
    const { task, uscc } = await reached(id, request);
    const [view] = await taskViews(deps, [task], { uscc, enterpriseId: holderOf(request).enterpriseId });
    return view!;
  };
  const ownCode = async (request: FastifyRequest): Promise<string> => {
    const enterprise = await deps.records.byId(db, holderOf(request).enterpriseId);
    if (enterprise === undefined) throw signingError('SIGN_UNKNOWN');
    return enterprise.uscc;
  };

  serve(app, {
    route: signingRoutes.list,
    handler: async ({ query, request }) => {
      const { show, q: text, page, pageSize } = query;
      const reader = { enterpriseId: holderOf(request).enterpriseId, uscc: await ownCode(request) };
      const { items, total } = await pageOfTasks(db, {
        ...reader,
        show,
        ...(text === undefined ? {} : { text }),
        limit: pageSize,
        offset: (page - 1) * pageSize,
      });
      return { items: await taskViews(deps, items, reader), total, page, pageSize };
    },
  });

  serve(app, {
    route: signingRoutes.open,
    config: { limit: 'signing-upload' },
    handler: async ({ request }) => {
      const by = byOf(deps, request);
      const expected = { field: 'file', form: TaskForm, largest: LARGEST_DOCUMENT };
      const { file, fields: form } = await receiveFile(request, expected);
      if (file === undefined) throw signingError('SIGN_FILE_MISSING');
      return shown(await openTask(deps, { file, form, by }), request);
    },
  });

  serve(app, {
    route: signingRoutes.find,
    handler: ({ params, request }) => shown(params.id, request),
  });

  serve(app, {
    route: signingRoutes.signers,
    handler: async ({ params, body, request }) => {
      await nameSigners(deps, { id: params.id, form: body, by: byOf(deps, request) });
      return shown(params.id, request);
    },
  });

  serve(app, {
    route: signingRoutes.pages,
    handler: async ({ params, request }) => {
      const { task, mine } = await reached(params.id, request);
      return pagesView(deps, task, mine);
    },
  });

  serve(app, {
    route: signingRoutes.page,
    handler: async ({ params, query, request, reply }) => {
      const { task } = await reached(params.id, request);
      const asked = { sha256: task.document_sha256, page: params.number - 1, width: query.width };
      return sendPng(reply, await pageImage(deps, asked));
    },
  });

  serve(app, {
    route: signingRoutes.acknowledge,
    handler: async ({ params, body, request }) => {
      await acknowledgePages(deps, { id: params.id, form: body, by: byOf(deps, request) });
      return shown(params.id, request);
    },
  });

  serve(app, {
    route: signingRoutes.place,
    handler: async ({ params, body, request }) => {
      await placeSeal(deps, { id: params.id, form: body, by: byOf(deps, request) });
      return shown(params.id, request);
    },
  });

  serve(app, {
    route: signingRoutes.finish,
    handler: async ({ params, request }) => {
      await finishSigning(deps, { id: params.id, by: byOf(deps, request) });
      return shown(params.id, request);
    },
  });

  serve(app, {
    route: signingRoutes.download,
    handler: async ({ params, request, reply }) => {
      const { task } = await reached(params.id, request);
      const bytes = await readDocument(deps.attachments, task.document_sha256);
      const name = encodeURIComponent(task.file_name);
      return reply
        .type('application/pdf')
        .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
        .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    },
  });

  serve(app, {
    route: signingRoutes.upload,
    config: { limit: 'signing-upload' },
    handler: async ({ params, request }) => {
      const by = byOf(deps, request);
      await reached(params.id, request);
      const expected = { field: 'file', form: z.object({}), largest: LARGEST_UPLOAD };
      const { file } = await receiveFile(request, expected);
      if (file === undefined) throw signingError('SIGN_FILE_MISSING');
      await acceptUpload(deps, { id: params.id, bytes: file.bytes, by });
      return shown(params.id, request);
    },
  });

  serve(app, {
    route: signingRoutes.decline,
    handler: async ({ params, body, request }) => {
      await declineSigning(deps, { id: params.id, reason: body.reason, by: byOf(deps, request) });
      return shown(params.id, request);
    },
  });

  serve(app, {
    route: signingRoutes.cancel,
    handler: async ({ params, request }) => {
      await cancelTask(deps, { id: params.id, by: byOf(deps, request) });
      return shown(params.id, request);
    },
  });

  serve(app, {
    route: signingRoutes.letter,
    handler: async ({ query, request }) => {
      const letters = await sealedLetters(db, { uscc: await ownCode(request), template: query.template });
      const current = letters.find(({ template_version: version }) => version === query.version);
      return {
        status: current === undefined ? ('UNSIGNED' as const) : ('SIGNED' as const),
        taskId: current?.id ?? null,
        outdated: current === undefined && letters.length > 0,
      };
    },
  });
}
