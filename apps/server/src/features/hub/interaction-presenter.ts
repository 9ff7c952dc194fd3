import type { InteractionDetails } from '@hufu/contracts';
import type { InteractionPresenter } from '../identity-provider/index.ts';
import type { HubDeps } from './deps.ts';
import { hubError } from './errors.ts';
import { certificateById } from './store/certificates.ts';
import { authorisationView } from './usecases/authorise-platform.ts';
import { platformView, sessionView } from './views.ts';

/** The pages of a login that a platform began: the same words and claims as on the way through the chooser. */
export const interactionPresenter =
  (deps: HubDeps): InteractionPresenter =>
  async ({ uid, step, clientId, session, expiresAt }): Promise<InteractionDetails> => {
    const door = await deps.platforms.byClientId(clientId);
    if (door === undefined) throw hubError('HUB_PLATFORM_UNKNOWN');
    const row = session && (await certificateById(deps.database.db, session.facts.certificateId));
    const holder =
      session !== undefined && row?.state === 'BOUND'
        ? {
            kind: 'holder' as const,
            sessionId: session.id,
            enterpriseId: row.enterprise_id,
            certificateId: row.id,
            fingerprint: row.fingerprint,
            role: row.role,
          }
        : undefined;
    return {
      uid,
      step: holder === undefined ? 'LOGIN' : step,
      platform: platformView(door),
      session: holder === undefined ? null : await sessionView(deps, { session: session!, language: 'zh' }),
      authorisation:
        holder === undefined || step === 'LOGIN'
          ? null
          : await authorisationView(deps, {
              row: { id: uid, platform_code: door.code, expires_at: expiresAt },
              holder,
            }),
      restartUrl: door.initiateLoginUri,
    };
  };
