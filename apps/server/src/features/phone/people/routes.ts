import { phoneRoutes } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { phoneUserOf, serve } from '../../access/index.ts';
import { approvalsOf } from '../approvals.ts';
import type { PhoneContext } from '../context.ts';
import { originOf } from '../deps.ts';
import { claimEnterprise, dropClaim } from './claim.ts';
import { listEnterprises, showEnterprise } from './enterprises.ts';
import { answerInvitation, invite, withdrawInvitation } from './invite.ts';
import { listPeople } from './list-people.ts';
import { removePerson } from './remove-person.ts';
import { answerTransfer, offerTransfer, withdrawTransfer } from './transfer.ts';

/** 认领企业, 人员管理, 转授管理员. */
export function peopleRoutes(app: HttpApp, { deps }: PhoneContext): void {
  const step = (id: string, request: FastifyRequest) => ({
    id,
    user: phoneUserOf(request),
    from: originOf(deps, request),
  });

  serve(app, {
    route: phoneRoutes.enterprises,
    handler: ({ request }) => listEnterprises(deps, phoneUserOf(request).userId),
  });

  serve(app, {
    route: phoneRoutes.claim,
    config: { limit: 'phone-claim' },
    handler: ({ body, request }) =>
      claimEnterprise(deps, { user: phoneUserOf(request), form: body, from: originOf(deps, request) }),
  });

  serve(app, {
    route: phoneRoutes.dropClaim,
    handler: async ({ params, request }) => {
      await dropClaim(deps, step(params.id, request));
      return undefined;
    },
  });

  serve(app, {
    route: phoneRoutes.enterprise,
    handler: ({ params, request }) =>
      showEnterprise(deps, { entityId: params.id, userId: phoneUserOf(request).userId }),
  });

  serve(app, {
    route: phoneRoutes.people,
    handler: ({ params, request }) =>
      listPeople(deps, { entityId: params.id, userId: phoneUserOf(request).userId }),
  });

  serve(app, {
    route: phoneRoutes.invite,
    config: { limit: 'phone-claim' },
    handler: ({ params, body, request }) =>
      invite(deps, { ...step(params.id, request), mobile: body.mobile }),
  });

  serve(app, {
    route: phoneRoutes.withdrawInvitation,
    handler: async ({ params, request }) => {
      await withdrawInvitation(deps, step(params.id, request));
      return undefined;
    },
  });

  serve(app, {
    route: phoneRoutes.answerInvitation,
    handler: async ({ params, body, request }) => {
      await answerInvitation(deps, { ...step(params.id, request), accept: body.accept });
      return undefined;
    },
  });

  serve(app, {
    route: phoneRoutes.removePerson,
    handler: async ({ params, request }) => {
      await removePerson(deps, {
        entityId: params.id,
        personId: params.personId,
        user: phoneUserOf(request),
        from: originOf(deps, request),
      });
      return undefined;
    },
  });

  serve(app, {
    route: phoneRoutes.transfer,
    handler: ({ params, body, request }) =>
      offerTransfer(deps, { ...step(params.id, request), personId: body.personId }),
  });

  serve(app, {
    route: phoneRoutes.withdrawTransfer,
    handler: async ({ params, request }) => {
      await withdrawTransfer(deps, step(params.id, request));
      return undefined;
    },
  });

  serve(app, {
    route: phoneRoutes.answerTransfer,
    handler: ({ params, body, request }) =>
      answerTransfer(deps, { ...step(params.id, request), accept: body.accept }),
  });

  serve(app, {
    route: phoneRoutes.approvals,
    handler: ({ request }) => approvalsOf(deps, phoneUserOf(request).userId),
  });
}
