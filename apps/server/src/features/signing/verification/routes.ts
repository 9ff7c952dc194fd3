import { LARGEST_VERIFIED_FILE, verifyRoutes } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { mount } from '../../../infra/http/mount.ts';
import { receiveFile } from '../../../infra/http/receive-file.ts';
import type { SigningDeps } from '../deps.ts';
import { signingError } from '../errors.ts';
import { reportPdf } from './report-pdf.ts';
import { verifyFile } from './verify-file.ts';

/** Files of 50 MB that may be in memory at once; who comes later is asked to come again. */
const MOST_AT_ONCE = 4;

/** 验章 for everybody. */
export function verificationRoutes(app: HttpApp, deps: SigningDeps): void {
  let running = 0;
  const withFile = async <T>(
    request: FastifyRequest,
    work: (bytes: Uint8Array) => Promise<T>,
  ): Promise<T> => {
    if (running >= MOST_AT_ONCE) throw signingError('VERIFY_BUSY', { retryAfter: 5 });
    running += 1;
    try {
      const { file } = await receiveFile(request, {
        field: 'file',
        form: z.object({}),
        largest: LARGEST_VERIFIED_FILE,
        tooLarge: () => signingError('VERIFY_TOO_LARGE'),
      });
      if (file === undefined) throw signingError('SIGN_FILE_MISSING');
      return await work(file.bytes);
    } finally {
      running -= 1;
    }
  };

  mount(app, {
    route: verifyRoutes.verify,
    config: { limit: 'verify' },
    handler: ({ query, request }) =>
      withFile(request, (bytes) => verifyFile(deps, bytes, { pictures: query.pictures === 'true' })),
  });

  mount(app, {
    route: verifyRoutes.reportPdf,
    config: { limit: 'verify' },
    handler: async ({ request, reply }) => {
      const pdf = await withFile(request, async (bytes) =>
        reportPdf(await verifyFile(deps, bytes, { pictures: false })),
      );
      return reply
        .type('application/pdf')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent('验章报告.pdf')}`)
        .send(Buffer.from(pdf));
    },
  });
}
