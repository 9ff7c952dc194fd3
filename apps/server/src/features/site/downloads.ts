import fs from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import { Download } from '@hufu/contracts';
import { z } from 'zod';
import type { HttpApp } from '../../infra/http/http-app.ts';

/** What is offered for download (AST-001, AST-013, HUB-102): the build writes files and this manifest side by side. */
export function readDownloads(folder: string): z.infer<typeof Download>[] {
  const manifest = path.join(folder, 'manifest.json');
  if (!fs.existsSync(manifest)) return [];
  return z.array(Download).parse(JSON.parse(fs.readFileSync(manifest, 'utf8')));
}

/** Only what the manifest names is served. */
export async function serveDownloads(app: HttpApp, folder: string): Promise<void> {
  const names = new Map(
    readDownloads(folder).map(({ url, name }) => [path.posix.basename(url), name] as const),
  );
  if (names.size === 0) return;
  await app.register(fastifyStatic, { root: folder, serve: false, decorateReply: false });
  app.get<{ Params: { file: string } }>(
    '/downloads/:file',
    { schema: { hide: true }, config: { anyOrigin: true } },
    (request, reply) => {
      const { file } = request.params;
      const name = names.get(file);
      if (name === undefined) return reply.callNotFound();
      reply.header('content-disposition', disposition(file, name));
      return reply.sendFile(file, folder, { dotfiles: 'deny' });
    },
  );
}

/** RFC 6266: the Chinese name where it is understood, the plain one elsewhere. */
function disposition(file: string, name: string): string {
  const shown = path.posix.extname(name) === '' ? file : name;
  return `attachment; filename="${file}"; filename*=UTF-8''${encodeURIComponent(shown)}`;
}
