import type { Authorisation } from '@hufu/contracts';
import { toBase64Url } from '@hufu/kernel';
import { withTransaction } from '../../../infra/database/database.ts';
import type { Holder } from '../../access/index.ts';
import type { Asked, HubDeps } from '../deps.ts';
import { claimsShown } from '../domain/claims-shown.ts';
import { hubError } from '../errors.ts';
import type { AuthorityCard, PlatformDoor } from '../ports.ts';
import {
  type AuthorisationRow,
  authorisationOf,
  confirmAuthorisation,
  insertAuthorisation,
} from '../store/authorisations.ts';
import { type Standing, standingOf } from '../store/standing.ts';
import { certificateView, iso, platformView } from '../views.ts';

/** Between 「确认授权」 and 「确认登录」. */
const LIFETIME_MS = 5 * 60_000;

/** @throws HUB_PLATFORM_UNKNOWN, HUB_PLATFORM_SUSPENDED, HUB_PLATFORM_NOT_JOINED */
export function openDoor(
  { library }: Pick<HubDeps, 'library'>,
  door: PlatformDoor | undefined,
): PlatformDoor {
  if (door === undefined) throw hubError('HUB_PLATFORM_UNKNOWN');
  if (door.suspended) throw hubError('HUB_PLATFORM_SUSPENDED', { phone: door.supportPhone });
  const isOwn = door.code === library.target;
  if (!isOwn && (!door.joined || door.initiateLoginUri === null)) {
    throw hubError('HUB_PLATFORM_NOT_JOINED', { phone: door.supportPhone });
  }
  return door;
}

/**
 * A person whose certificate was scanned may go where the grants say, and nowhere else (MOB-047): the login itself asked
 * for the hub alone. Asked at both confirmations: a grant that has ended counts at once (MOB-050).
 * @throws PHONE_NOT_GRANTED and what else stands against it
 */
export const admitHolder = (
  { phones, library }: Pick<HubDeps, 'phones' | 'library'>,
  { holder, platform }: { holder: Pick<Holder, 'fingerprint' | 'phoneUserId'>; platform: string },
): Promise<void> =>
  phones.admit({
    fingerprint: holder.fingerprint,
    userId: holder.phoneUserId,
    scope: platform === library.target ? 'LIBRARY' : platform,
  });

type Asking = { readonly holder: Holder } & Asked;

/** 「确认授权」: exactly one platform (HUB-062). Only the first of two confirmations: nothing is opened by it. */
export async function authorisePlatform(
  deps: HubDeps,
  { platform, holder, from }: { platform: string } & Asking,
): Promise<Authorisation> {
  const door = await deps.platforms.byCode(platform);
  const { code } = openDoor(deps, door);
  await admitHolder(deps, { holder, platform: code });
  const now = deps.clock.now();
  const row: AuthorisationRow = {
    id: toBase64Url(deps.random(16)),
    session_id: holder.sessionId,
    enterprise_id: holder.enterpriseId,
    platform_code: code,
    authorised_at: new Date(now),
    expires_at: new Date(now + LIFETIME_MS),
    confirmed_at: null,
  };
  await withTransaction(deps.database, async (tx) => {
    await insertAuthorisation(tx, row);
    await deps.audit.record(tx, {
      actor: { kind: 'entity', id: holder.enterpriseId, certificate: holder.fingerprint },
      action: 'platform.authorise',
      subject: { kind: 'platform', id: code },
      after: { authorisation: row.id },
      origin: from,
    });
  });
  return authorisationView(deps, { row, holder });
}

/** 第三方交易平台信息确认 (HUB-063). @throws HUB_AUTHORISATION_EXPIRED */
export async function showAuthorisation(
  deps: HubDeps,
  { id, holder }: { id: string; holder: Holder },
): Promise<Authorisation> {
  return authorisationView(deps, { row: await pending(deps, { id, holder }), holder });
}

/**
 * 「确认登录」 (HUB-063, HUB-064): sends the browser to the platform with an intent that works once, only for this
 * session and platform. The platform's standing is asked again: it may have been suspended between the two.
 *
 * @throws HUB_AUTHORISATION_EXPIRED, HUB_PLATFORM_SUSPENDED, HUB_PLATFORM_NOT_JOINED
 */
export async function confirmLogin(
  deps: HubDeps,
  { id, holder, from }: { id: string } & Asking,
): Promise<{ redirectTo: string }> {
  const row = await pending(deps, { id, holder });
  const door = await deps.platforms.byCode(row.platform_code);
  const actor = { kind: 'entity', id: holder.enterpriseId, certificate: holder.fingerprint } as const;
  const entry = {
    actor,
    action: 'platform.confirm',
    subject: { kind: 'platform', id: row.platform_code },
    origin: from,
  };
  const { clientId, code } = openDoor(deps, door);
  await admitHolder(deps, { holder, platform: code });
  return withTransaction(deps.database, async (tx) => {
    const at = new Date(deps.clock.now());
    if (!(await confirmAuthorisation(tx, { id, at }))) throw hubError('HUB_AUTHORISATION_EXPIRED');
    await deps.audit.record(tx, entry);
    const { sessionId, enterpriseId, certificateId } = holder;
    if (code === deps.library.target) {
      return deps.library.enter(tx, { sessionId, enterpriseId, certificateId });
    }
    return deps.intents.create(tx, { sessionId, clientId });
  });
}

async function pending(
  deps: HubDeps,
  { id, holder }: { id: string; holder: Holder },
): Promise<AuthorisationRow> {
  const row = await authorisationOf(deps.database.db, { id, sessionId: holder.sessionId });
  if (row === undefined || row.confirmed_at !== null || row.expires_at.getTime() <= deps.clock.now()) {
    throw hubError('HUB_AUTHORISATION_EXPIRED');
  }
  return row;
}

async function authorisationView(
  deps: HubDeps,
  { row, holder }: { row: AuthorisationRow; holder: Holder },
): Promise<Authorisation> {
  const [door, standing] = await Promise.all([
    deps.platforms.byCode(row.platform_code),
    standingOf(deps.database.pool, holder.certificateId),
  ]);
  if (standing === undefined) throw hubError('HUB_SESSION_REQUIRED');
  const authority = await deps.authority(standing.certificate.authority_id);
  const shown = { id: row.id, door: openDoor(deps, door), expiresAt: row.expires_at };
  return shownAuthorisation(shown, { standing, authority });
}

type Shown = { readonly id: string; readonly door: PlatformDoor; readonly expiresAt: Date };

/** What will be told to the platform; also shown in a login that the platform began. */
export function shownAuthorisation(
  { id, door, expiresAt }: Shown,
  { standing, authority }: { standing: Standing; authority: AuthorityCard | undefined },
): Authorisation {
  return {
    id,
    platform: platformView(door),
    claims: claimsShown(standing),
    certificate: certificateView(standing.certificate, authority),
    firstTime: !standing.activated.includes(door.code),
    expiresAt: iso(expiresAt),
  };
}
