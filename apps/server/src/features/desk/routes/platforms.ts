import { deskRoutes } from '@hufu/contracts';
import { z } from 'zod';
import { withTransaction } from '../../../infra/database/database.ts';
import type { HttpApp } from '../../../infra/http/http-app.ts';
import { serve } from '../../access/index.ts';
import { checkAddresses, deskView, type PlatformFields, type Platforms } from '../../platforms/index.ts';
import { type ApprovalKind, differences } from '../approval-kinds.ts';
import { deskError } from '../errors.ts';
import { atDesk, type DeskContext, orderOf, proposed } from './context.ts';

const ChangePayload = z.object({ code: z.string(), version: z.int(), fields: z.unknown() });
const ResumePayload = z.object({ code: z.string(), version: z.int() });

export const platformChanged = (platforms: Platforms): ApprovalKind => ({
  async apply(tx, { row, actor }) {
    const { code, version, fields } = ChangePayload.parse(row.payload);
    const by = { actor, reason: row.reason };
    await platforms.applyChange(tx, { code, version, fields: fields as PlatformFields, by });
  },
});

export const platformResumed = (platforms: Platforms): ApprovalKind => ({
  async apply(tx, { row, actor }) {
    const { code, version } = ResumePayload.parse(row.payload);
    await platforms.applyResume(tx, { code, version, by: { actor, reason: row.reason } });
  },
});

export function platformRoutes(app: HttpApp, context: DeskContext): void {
  const { deps, peers } = context;
  const { platforms } = peers;
  const known = async (code: string) => {
    const platform = await platforms.byCode(code);
    if (platform === undefined) throw deskError('DESK_UNKNOWN');
    return platform;
  };

  serve(app, {
    route: deskRoutes.platforms,
    handler: async () => (await platforms.all()).map(deskView),
  });

  serve(app, {
    route: deskRoutes.addPlatform,
    handler: async ({ body, request }) => {
      const { code, reason, ...fields } = body;
      const added = await platforms.add({ code, fields }, orderOf(atDesk(context, request), reason));
      return { platform: deskView(added.platform), clientSecret: added.clientSecret };
    },
  });

  serve(app, {
    route: deskRoutes.proposePlatformChange,
    handler: async ({ params, body, request }) => {
      const platform = await known(params.code);
      const { reason, version, ...fields } = body;
      if (platform.version !== version) throw deskError('DESK_STALE_PROPOSAL');
      checkAddresses(fields);
      return proposed(context, request, {
        proposal: {
          kind: 'PLATFORM_CHANGE',
          subject: platform.code,
          subjectState: `${platform.code}#${version}`,
          summary: `变更交易平台：${platform.name}`,
          changes: differences(platform, fields),
          payload: { code: platform.code, version, fields },
        },
        reason,
      });
    },
  });

  serve(app, {
    route: deskRoutes.suspendPlatform,
    handler: async ({ params, body, request }) => {
      await known(params.code);
      const by = orderOf(atDesk(context, request), body.reason);
      const change = { code: params.code, by };
      return deskView(await withTransaction(deps.database, (tx) => platforms.suspend(tx, change)));
    },
  });

  serve(app, {
    route: deskRoutes.resumePlatform,
    handler: async ({ params, body, request }) => {
      const platform = await known(params.code);
      return proposed(context, request, {
        proposal: {
          kind: 'PLATFORM_RESUME',
          subject: platform.code,
          subjectState: `${platform.code}#${platform.version}`,
          summary: `恢复交易平台登录：${platform.name}`,
          changes: [{ field: 'suspended', before: 'true', after: 'false' }],
          payload: { code: platform.code, version: platform.version },
        },
        reason: body.reason,
      });
    },
  });

  serve(app, {
    route: deskRoutes.rotatePlatformSecret,
    handler: async ({ params, body, request }) => {
      await known(params.code);
      return platforms.rotateSecret(params.code, orderOf(atDesk(context, request), body.reason));
    },
  });
}
