import { Reason, stewardRoutes } from '@hufu/contracts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { receiveFile } from '../../../infra/http/receive-file.ts';
import { serve } from '../../access/index.ts';
import { stewardError } from '../errors.ts';
import type { StewardDeps } from '../ports.ts';
import { recoveryProposal } from '../recovery/recover-key.ts';
import { lastRecovery } from '../recovery/recovery-store.ts';

const LARGEST_PROOF = 20 * 1024 * 1024;

/** A lost primary key (OD-25): the application, and its paper for whoever decides. */
export function recoveryApi(app: HttpApp, deps: StewardDeps): void {
  serve(app, {
    route: stewardRoutes.recoverPrimary,
    handler: async ({ params, request }) => {
      const { file, fields } = await receiveFile(request, {
        field: 'file',
        form: Reason,
        largest: LARGEST_PROOF,
      });
      const asked = { entityId: params.id, keyId: params.key, file };
      return deps.propose(request, {
        proposal: await recoveryProposal(deps, asked),
        reason: fields.reason,
      });
    },
  });
  serve(app, {
    route: stewardRoutes.recoveryProof,
    handler: async ({ params, reply }) => {
      const recovery = await lastRecovery(deps.database.db, params.id);
      if (recovery === undefined) throw stewardError('STEWARD_UNKNOWN_ENTITY');
      const { sha256, name, mediaType } = recovery.proof;
      const { stream } = await deps.attachments.open(sha256);
      return reply
        .type(mediaType)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .send(stream);
    },
  });
}
