import type { Provider } from 'oidc-provider';
import { z } from 'zod';
import type { JobHandler } from '../../../infra/outbox/job.ts';

const Payload = z.object({ clientId: z.string(), sub: z.string(), sid: z.string().optional() });

/** Tells one platform that a session has ended; tried again until the platform has taken it. */
export function logoutHandler(current: () => Provider): JobHandler {
  return async (job) => {
    const { clientId, sub, sid } = Payload.parse(job.payload);
    const client = await current().Client.find(clientId);
    // Suspended or unknown by now, or it wants no notice: there is nobody to tell.
    if (!client?.backchannelLogoutUri) return;
    await (
      client as unknown as { backchannelLogout(sub: string, sid?: string): Promise<void> }
    ).backchannelLogout(sub, sid);
  };
}
