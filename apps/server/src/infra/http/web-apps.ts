import fastifyStatic from '@fastify/static';
import type { HttpApp } from './http-app.ts';
import { PHONE_CAMERA, pagePolicy, phonePolicy, workerPolicy } from './security-headers.ts';
import { serveWebApp } from './web-app.ts';

export type WebApps = {
  /** Folder with the built portal. */
  readonly portal: string;
  /** Folder with the built app of the phone certificate, served below `/phone/`; undefined when there is none. */
  readonly phone: string | undefined;
  readonly keyBridgeOrigins: readonly string[];
};

/** The two web applications of this origin: the portal at every address that nothing else has, the phone's below its own. */
export async function addWebApps(app: HttpApp, { portal, phone, keyBridgeOrigins }: WebApps): Promise<void> {
  // The build writes `.br` and `.gz` beside each file; a file without them is sent as it is.
  await app.register(fastifyStatic, { root: portal, serve: false, preCompressed: true });
  serveWebApp(app, {
    prefix: '',
    directory: portal,
    pageHeaders: (nonce) => ({
      'content-security-policy': pagePolicy({ nonce, keyBridge: keyBridgeOrigins }),
    }),
    isPage,
  });
  if (phone === undefined) return;
  app.get('/phone', { schema: { hide: true } }, (_request, reply) => reply.redirect('/phone/', 308));
  serveWebApp(app, {
    prefix: '/phone',
    directory: phone,
    pageHeaders: (nonce) => ({
      'content-security-policy': phonePolicy(nonce),
      'permissions-policy': PHONE_CAMERA,
    }),
    scriptHeaders: { 'content-security-policy': workerPolicy() },
    isPage: () => true,
  });
}

/** Addresses of machines are never answered with a page. */
function isPage(pathname: string): boolean {
  return !/^\/(api|oidc)(\/|$)/.test(pathname);
}
