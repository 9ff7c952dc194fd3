import type { InteractionDetails } from '@hufu/contracts';
import type { InteractionPresenter } from '../identity-provider/index.ts';
import type { HubDeps } from './deps.ts';
import { hubError } from './errors.ts';
import { certificateById } from './store/certificates.ts';
import { readStanding, standingSql } from './store/standing.ts';
import { admitHolder, openDoor, shownAuthorisation } from './usecases/authorise-platform.ts';
import { iso, platformView, shownSession } from './views.ts';

/** The pages of a login that a platform began: the same words and claims as on the way through the chooser. */
export const interactionPresenter = (deps: HubDeps): InteractionPresenter => ({
  standingSql,
  async admit({ session, clientId }) {
    const { certificateId, certificate, phoneUserId = null } = session.facts;
    if (certificate.medium === 'usb-key' || certificate.medium === 'software') return;
    const door = deps.platforms.lastSeen(clientId);
    if (door === undefined) throw hubError('HUB_PLATFORM_UNKNOWN');
    const row = await certificateById(deps.database.db, certificateId);
    if (row === undefined) throw hubError('HUB_SESSION_REQUIRED');
    await admitHolder(deps, {
      holder: { fingerprint: row.fingerprint, phoneUserId },
      platform: door.code,
    });
  },
  async show({ uid, clientId, session, expiresAt, standing: given }): Promise<InteractionDetails> {
    const door = deps.platforms.lastSeen(clientId);
    if (door === undefined) throw hubError('HUB_PLATFORM_UNKNOWN');
    const page = {
      uid,
      platform: platformView(door),
      restartUrl: door.initiateLoginUri,
      expiresAt: iso(expiresAt),
    };
    const standing = session && readStanding(given);
    if (session === undefined || standing?.certificate.state !== 'BOUND') {
      return { ...page, step: 'LOGIN', session: null, authorisation: null };
    }
    const authority = await deps.authority(standing.certificate.authority_id);
    return {
      ...page,
      step: 'AUTHORISE',
      session: shownSession({ session, language: 'zh' }, { standing, authority, now: deps.clock.now() }),
      authorisation: shownAuthorisation(
        { id: session.id, door: openDoor(deps, door), expiresAt },
        { standing, authority },
      ),
    };
  },
});
