import { deskPhoneRoutes, PhoneAdminForm } from '@hufu/contracts';
import { contentDisposition } from '../../../infra/http/content-disposition.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { receiveFile } from '../../../infra/http/receive-file.ts';
import { serve } from '../../access/index.ts';
import type { PhoneContext } from '../context.ts';
import { phoneError } from '../errors.ts';
import { dropReplacement, takeReplacement } from './replace-admin.ts';
import { listReplacements, replacementById, replacementView } from './replacement-store.ts';

const LARGEST_LETTER = 10 * 1024 * 1024;

/** 更换管理员 at the counter. */
export function deskPeopleRoutes(app: HttpApp, { deps }: PhoneContext): void {
  serve(app, {
    route: deskPhoneRoutes.list,
    handler: ({ query }) => listReplacements(deps, query),
  });

  serve(app, {
    route: deskPhoneRoutes.propose,
    config: { limit: 'phone-letter' },
    handler: async ({ request }) => {
      const { file, fields } = await receiveFile(request, {
        field: 'letter',
        form: PhoneAdminForm,
        largest: LARGEST_LETTER,
      });
      const { id, proposal } = await takeReplacement(deps, { form: fields, letter: file });
      const approval = await deps
        .propose(request, { proposal, reason: fields.reason })
        .catch(async (error) => {
          await dropReplacement(deps, id);
          throw error;
        });
      const row = (await replacementById(deps.database.db, id))!;
      return { replacement: await replacementView(deps, row), approvalId: approval.id };
    },
  });

  serve(app, {
    route: deskPhoneRoutes.letter,
    handler: async ({ params, reply }) => {
      const row = await replacementById(deps.database.db, params.id);
      if (row === undefined) throw phoneError('PHONE_UNKNOWN');
      const { stream, size } = await deps.attachments.open(row.letter_sha256);
      return reply
        .type(row.letter_type)
        .header('content-length', size)
        .header('content-disposition', contentDisposition('inline', row.letter_name))
        .header('cache-control', 'private, no-store')
        .header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'self'")
        .send(stream);
    },
  });
}
