import { sealProofRoutes } from '@hufu/contracts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { serve } from '../../access/index.ts';
import type { SigningDeps } from '../deps.ts';
import { issueNonce, provenSeals } from './prove-key.ts';

/** 签章显示 of the certificate assistant. */
export function sealProofRoutesOf(app: HttpApp, deps: SigningDeps): void {
  serve(app, {
    route: sealProofRoutes.nonce,
    config: { limit: 'seal-proof' },
    handler: async () => issueNonce(deps),
  });
  serve(app, {
    route: sealProofRoutes.show,
    config: { limit: 'seal-proof' },
    handler: ({ body }) => provenSeals(deps, body),
  });
}
