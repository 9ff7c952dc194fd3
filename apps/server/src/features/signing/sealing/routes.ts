import { type Preparation, signingRoutes } from '@hufu/contracts';
import { fromBase64 } from '@hufu/kernel';
import type { FastifyRequest } from 'fastify';
import { auditOrigin } from '../../../infra/http/caller-facts.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { languageOf } from '../../../infra/http/language.ts';
import { holderOf, serve } from '../../access/index.ts';
import type { By, SigningDeps } from '../deps.ts';
import { preparationById } from './preparation-store.ts';
import { prepareSigning } from './prepare-signing.ts';
import { ownPreparation, submitSignatures } from './submit-signatures.ts';
import { preparationView } from './views.ts';

const LOOK_EVERY_MS = 150;

/** A signature of an SM2 key over a document takes well under 200 bytes; fifty of RSA-4096 need more than a form does. */
const LONGEST_SIGNATURE = 4096;

export const byOf = (deps: SigningDeps, request: FastifyRequest): By => ({
  holder: holderOf(request),
  from: auditOrigin(request, deps.sourceHash),
});

/** 确认签章: documents out to the key, signatures back. */
export function sealingRoutes(app: HttpApp, deps: SigningDeps): void {
  const shown = async (id: string, request: FastifyRequest): Promise<Preparation> => {
    const row = ownPreparation(await preparationById(deps.database.db, id), { holder: holderOf(request) });
    return preparationView(deps, row, languageOf(request.query, request.headers['accept-language']));
  };

  serve(app, {
    route: signingRoutes.prepare,
    config: { limit: 'signing-prepare' },
    handler: async ({ body, request }) =>
      shown(await prepareSigning(deps, { tasks: body.tasks, by: byOf(deps, request) }), request),
  });

  serve(app, {
    route: signingRoutes.preparation,
    handler: async ({ params, query, request }) => {
      const until = Date.now() + query.wait * 1000;
      const first = await shown(params.id, request);
      let now = first;
      while (isMoving(now) && now.state === first.state && now.done === first.done && Date.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
        now = await shown(params.id, request);
      }
      return now;
    },
  });

  serve(app, {
    route: signingRoutes.sign,
    config: { longestField: LONGEST_SIGNATURE },
    handler: async ({ params, body, request }) => {
      const signatures = body.signatures.map(fromBase64);
      await submitSignatures(deps, { id: params.id, signatures, by: byOf(deps, request) });
      return shown(params.id, request);
    },
  });
}

const isMoving = ({ state }: Preparation): boolean => state === 'PREPARING' || state === 'SEALING';
