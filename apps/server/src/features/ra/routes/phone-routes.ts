import { type RaOptions, raRoutes } from '@hufu/contracts';
import { fromBase64, toBase64 } from '@hufu/kernel';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Tx } from '../../../infra/database/database.ts';
import { auditOrigin } from '../../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { mount } from '../../../infra/http/mount.ts';
import { receiveFile } from '../../../infra/http/receive-file.ts';
import { phoneUserOf, serve } from '../../access/index.ts';
import { type AtPhone, byPhone, type RaDeps } from '../deps.ts';
import { materialsOf } from '../domain/materials.ts';
import { raError } from '../errors.ts';
import { downloadCertificate } from '../issuance/download-certificate.ts';
import { applicationForm } from '../orders/application-form.ts';
import { cancelOrder } from '../orders/cancel-order.ts';
import { beginOrder, lockOwn, saveOrder } from '../orders/draft-order.ts';
import { attachFile, detachFile, fileOf } from '../orders/order-files.ts';
import { type OrderRow, orderById, ordersOf } from '../orders/order-store.ts';
import { orderView, paymentView, summaryOf } from '../orders/order-views.ts';
import { serveFile } from '../orders/serve-file.ts';
import { submitOrder } from '../orders/submit-order.ts';
import { openPayment } from '../payments/open-payment.ts';

/** Bytes of one picture or form. */
export const LARGEST_FILE = 10 * 1024 * 1024;

export async function optionsView(deps: RaDeps): Promise<RaOptions> {
  const { rules } = deps;
  const authorities = await Promise.all([...deps.authorities.ids].map((id) => deps.authority(id)));
  const applicants = ['ENTERPRISE', 'INDIVIDUAL', 'EXPERT'] as const;
  return {
    platforms: (await deps.platforms()).map(({ code, name }) => ({ code, name })),
    authorities: authorities
      .filter((one) => one !== undefined)
      .map(({ id, name, phone }) => ({ id, name, phone })),
    sealOrgs: [...rules.sealOrgs],
    prices: [...rules.prices],
    materials: applicants.flatMap((applicant) =>
      (['APP', 'COUNTER', 'ONLINE'] as const).map((channel) => ({
        applicant,
        channel,
        slots: [...materialsOf({ applicant, kind: 'NEW' })],
      })),
    ),
    returnReasons: Object.entries(rules.returnReasons).map(([code, text]) => ({
      code: code as keyof typeof rules.returnReasons,
      text,
    })),
    declaration: [...rules.declaration],
  };
}

/** 证书申请 in 标证通. */
export function phoneOrderRoutes(app: HttpApp, deps: RaDeps): void {
  const { db } = deps.database;
  const at = (request: FastifyRequest): AtPhone => ({
    user: phoneUserOf(request),
    from: auditOrigin(request, deps.sourceHash),
  });
  /** Somebody else's order is as good as none. */
  const own = async (request: FastifyRequest, id: string): Promise<OrderRow> => {
    const row = await orderById(db, id);
    if (row?.user_id !== phoneUserOf(request).userId) throw raError('RA_UNKNOWN');
    return row;
  };
  const lockOf = (request: FastifyRequest, id: string) => (tx: Tx) => lockOwn(tx, id, at(request));

  mount(app, { route: raRoutes.options, config: { anyOrigin: true }, handler: () => optionsView(deps) });
  serve(app, {
    route: raRoutes.list,
    handler: async ({ request }) => (await ordersOf(db, phoneUserOf(request).userId)).map(summaryOf),
  });
  serve(app, {
    route: raRoutes.create,
    handler: async ({ body, request }) => orderView(deps, await beginOrder(deps, body, at(request))),
  });
  serve(app, {
    route: raRoutes.find,
    handler: async ({ params, request }) => orderView(deps, await own(request, params.id)),
  });
  serve(app, {
    route: raRoutes.save,
    handler: async ({ params, body, request }) =>
      orderView(deps, await saveOrder(deps, { id: params.id, ...body }, at(request))),
  });
  serve(app, {
    route: raRoutes.attach,
    config: { limit: 'ra-upload' },
    handler: async ({ params, request }) => {
      const { file } = await receiveFile(request, {
        field: 'file',
        form: z.object({}),
        largest: LARGEST_FILE,
      });
      const row = await attachFile(deps, { slot: params.slot, file, lock: lockOf(request, params.id) });
      return orderView(deps, row);
    },
  });
  serve(app, {
    route: raRoutes.detach,
    handler: async ({ params, request }) =>
      orderView(deps, await detachFile(deps, { fileId: params.fileId, lock: lockOf(request, params.id) })),
  });
  serve(app, {
    route: raRoutes.file,
    handler: async ({ params, request, reply }) => {
      const row = await own(request, params.id);
      return serveFile(deps, await fileOf(db, row.id, params.fileId), reply);
    },
  });
  serve(app, {
    route: raRoutes.template,
    config: { limit: 'ra-upload' },
    handler: async ({ params, request, reply }) => {
      const row = await own(request, params.id);
      const pdf = await applicationForm(deps, row);
      return reply
        .type('application/pdf')
        .header('content-disposition', `attachment; filename="${row.id}.pdf"`)
        .send(Buffer.from(pdf));
    },
  });
  serve(app, {
    route: raRoutes.submit,
    handler: async ({ params, body, request }) =>
      orderView(deps, await submitOrder(deps, { id: params.id, ...body }, at(request))),
  });
  serve(app, {
    route: raRoutes.cancel,
    handler: async ({ params, body, request }) =>
      orderView(
        deps,
        await cancelOrder(deps, { ...body, by: byPhone(at(request)), lock: lockOf(request, params.id) }),
      ),
  });
  serve(app, {
    route: raRoutes.pay,
    config: { limit: 'ra-pay' },
    handler: async ({ params, request }) => paymentView(await openPayment(deps, params.id, at(request))),
  });
  serve(app, {
    route: raRoutes.download,
    config: { limit: 'ra-pay' },
    handler: async ({ params, body, request }) => {
      const { order, certificate } = await downloadCertificate(
        deps,
        {
          orderId: params.id,
          signCsr: fromBase64(body.signCsr),
          encryptCsr: body.encryptCsr === undefined ? undefined : fromBase64(body.encryptCsr),
          halves: body.halves,
        },
        at(request),
      );
      return {
        certificateId: certificate.id,
        certificate: toBase64(certificate.certificate),
        encryptionCertificate: toBase64(certificate.encryption_certificate ?? new Uint8Array()),
        chain: certificate.chain,
        order: await orderView(deps, order),
      };
    },
  });
}
