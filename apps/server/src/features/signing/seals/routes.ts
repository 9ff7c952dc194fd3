import { SealForm, sealRoutes } from '@hufu/contracts';
import type { FastifyReply } from 'fastify';
import { auditOrigin } from '../../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { receiveFile } from '../../../infra/http/receive-file.ts';
import { holderOf, serve } from '../../access/index.ts';
import type { SigningDeps } from '../deps.ts';
import { signingError } from '../errors.ts';
import { applyForSeal, nameOnSeal } from './apply-seal.ts';
import { drawSeal } from './draw-seal.ts';
import { sealById, sealsOf } from './seal-store.ts';
import { sealView } from './views.ts';

const LARGEST_PICTURE = 5 * 1024 * 1024;

export const sendPng = (reply: FastifyReply, png: Uint8Array): FastifyReply =>
  reply.type('image/png').send(Buffer.from(png));

/** 我的印章. */
export function sealHolderRoutes(app: HttpApp, deps: SigningDeps): void {
  const { db } = deps.database;
  const own = async (id: string, enterpriseId: string) => {
    const row = await sealById(db, id);
    if (row?.enterprise_id !== enterpriseId) throw signingError('SEAL_UNKNOWN');
    return row;
  };

  serve(app, {
    route: sealRoutes.list,
    handler: async ({ request }) => {
      const { enterpriseId, fingerprint } = holderOf(request);
      const rows = await sealsOf(db, enterpriseId);
      return Promise.all(rows.map((row) => sealView(deps, row, fingerprint)));
    },
  });

  serve(app, {
    route: sealRoutes.find,
    handler: async ({ params, request }) => {
      const { enterpriseId, fingerprint } = holderOf(request);
      return sealView(deps, await own(params.id, enterpriseId), fingerprint);
    },
  });

  serve(app, {
    route: sealRoutes.picture,
    handler: async ({ params, request, reply }) => {
      const { picture_sha256 } = await own(params.id, holderOf(request).enterpriseId);
      const { stream } = await deps.attachments.open(picture_sha256);
      return reply.type('image/png').send(stream);
    },
  });

  serve(app, {
    route: sealRoutes.preview,
    config: { limit: 'seal-draw' },
    handler: async ({ body, request, reply }) => {
      const name = await nameOnSeal(deps, holderOf(request).enterpriseId, body.kind);
      return sendPng(reply, drawSeal({ design: body, name, sample: true }));
    },
  });

  serve(app, {
    route: sealRoutes.apply,
    config: { limit: 'seal-draw' },
    handler: async ({ request }) => {
      const holder = holderOf(request);
      const expected = { field: 'picture', form: SealForm, largest: LARGEST_PICTURE };
      const { file, fields } = await receiveFile(request, expected);
      const row = await applyForSeal(deps, {
        design: { kind: fields.kind, word: fields.word ?? null, code: fields.code ?? null },
        certificates: fields.certificates?.split(','),
        picture: file?.bytes,
        by: { holder, from: auditOrigin(request, deps.sourceHash) },
      });
      return sealView(deps, row, holder.fingerprint);
    },
  });
}
