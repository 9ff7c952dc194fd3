import { raRoutes } from '@hufu/contracts';
import type { FastifyPluginAsync } from 'fastify';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { mount } from '../../../infra/http/mount.ts';
import type { RaDeps } from '../deps.ts';
import { takeNotice } from '../payments/settle-payments.ts';

/** Where the payment provider calls. The signature is over the bytes, so they are taken as they come. */
export async function paymentRoutes(app: HttpApp, deps: RaDeps): Promise<void> {
  const plugin: FastifyPluginAsync = async (own) => {
    own.removeAllContentTypeParsers();
    own.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    mount(own as unknown as HttpApp, {
      route: raRoutes.paid,
      config: { limit: 'ra-notice' },
      handler: async ({ request }) => {
        const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
        await takeNotice(deps, { path: raRoutes.paid.path, headers: request.headers, body });
        return undefined;
      },
    });
  };
  await app.register(plugin);
}
