import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export type TestSite = { readonly origin: string; readonly port: number; close(): Promise<void> };

/** A site with one page that uses the client (see site-page.js); `?frame=URL` gives a page that frames the URL. */
export async function testSite(): Promise<TestSite> {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('./site-page.js', import.meta.url))],
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'error',
  });
  const script = bundle.outputFiles[0]?.text ?? '';
  const server = createServer((request, response) => {
    if (request.url === '/page.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
      return;
    }
    const [, frame] = (request.url ?? '').split('?frame=');
    const body =
      frame === undefined
        ? '<button id="pair">pair</button><script src="/page.js"></script>'
        : `<iframe src="${decodeURIComponent(frame)}"></iframe>`;
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>site</title>${body}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
