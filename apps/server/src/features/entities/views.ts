import type { CertificateView, KeyExpiry, LibrarySession } from '@hufu/contracts';
import { maskName } from '@hufu/kernel';
import type { ReadCertificate } from '../hub/index.ts';
import { accountById, nameOf } from './accounts/account-store.ts';
import { letterNeeded } from './accounts/completion.ts';
import { stateOf } from './accounts/directory.ts';
import { delegationById, personOf } from './delegations/delegation-store.ts';
import type { EntityDeps } from './deps.ts';
import { entityError } from './errors.ts';
import { keyById, openUser } from './keys/key-store.ts';
import { IDLE_MS, memberFrom } from './sessions/library-sessions.ts';
import type { LiveRow } from './sessions/session-store.ts';

export const certificateView = (certificate: ReadCertificate): CertificateView => ({
  serialNumber: certificate.serialNumber,
  issuerName: certificate.issuerName,
  authority: certificate.authority,
  unitName: certificate.unitName ?? '',
  uscc: certificate.uscc,
  holderKind: certificate.holderKind,
  certKeyNo: certificate.certKeyNo,
  medium: certificate.medium,
  validFrom: new Date(certificate.validFrom).toISOString(),
  validTo: new Date(certificate.validTo).toISOString(),
  algorithm: certificate.algorithm,
  fingerprint: certificate.fingerprint,
});

/** OD-15: what a list warns of. */
const EXPIRING_MS = 30 * 86_400_000;

export function keyExpiry(validTo: Date, now: number): KeyExpiry {
  const left = validTo.getTime() - now;
  if (left <= 0) return 'EXPIRED';
  return left < EXPIRING_MS ? 'EXPIRING' : 'VALID';
}

/** @throws LIBRARY_UNKNOWN when the account went away with the session */
export async function sessionView(
  deps: Pick<EntityDeps, 'database' | 'cipher' | 'clock'>,
  live: LiveRow,
  advice: readonly string[] = [],
): Promise<LibrarySession> {
  const { db } = deps.database;
  const [account, key, delegation] = await Promise.all([
    accountById(db, live.entity_id),
    live.key_id === null ? undefined : keyById(db, live.key_id),
    live.delegation_id === null ? undefined : delegationById(db, live.delegation_id),
  ]);
  if (account === undefined) throw entityError('LIBRARY_UNKNOWN');
  const { standing, identity, modules } = memberFrom(live);
  const isOwn = standing === 'NATURAL';
  const person =
    key !== undefined
      ? openUser(deps.cipher, key.id, key.user_sealed).holderName
      : delegation && personOf(deps.cipher, delegation).name;
  return {
    entity: {
      id: account.id,
      kind: account.kind,
      name: isOwn ? nameOf(deps.cipher, account) : account.name_masked,
      uscc: account.uscc,
      state: stateOf(account),
      roles: account.roles,
    },
    standing,
    method: live.method,
    userName: person === undefined ? null : maskName(person),
    keyId: live.key_id,
    identity,
    identityNeeded: identity === null && account.roles.length > 1,
    modules: modules === 'all' ? 'all' : [...modules],
    completion: {
      base: account.base_submitted_at !== null,
      letter: account.letter_version !== null,
      letterNeeded: letterNeeded(account),
    },
    certificateExpiry: key === undefined ? null : keyExpiry(key.valid_to, deps.clock.now()),
    loggedInAt: live.logged_in_at.toISOString(),
    expiresAt: live.expires_at.toISOString(),
    idleSeconds: IDLE_MS / 1000,
    advice: [...advice],
  };
}
