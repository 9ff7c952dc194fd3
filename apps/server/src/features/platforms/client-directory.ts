import type { ClientDirectory, ClientRegistration, KnownOfRegister } from '../identity-provider/index.ts';
import { isSecret } from './client-secret.ts';
import { isSuspended, type PlatformRecord } from './domain/platform.ts';
import { type HeldRegister, REVISION_SQL } from './held-register.ts';
import { type KeptPlatform, platformByClientId } from './store.ts';

/**
 * Platforms as OpenID clients. Whoever asks has the register's revision looked at, so that a suspension counts from
 * its commit on, on every server. A platform that has not joined is no client at all (HUB-011).
 */
export function createClientDirectory(register: HeldRegister): ClientDirectory {
  const registrations = new WeakMap<PlatformRecord, ClientRegistration>();
  /** The same object as long as nothing has changed: what is made of a registration need not be made again. */
  const registrationOf = (platform: PlatformRecord): ClientRegistration => {
    const known = registrations.get(platform) ?? asRegistration(platform);
    registrations.set(platform, known);
    return known;
  };
  const platformOf = async (clientId: string, known: KnownOfRegister | undefined) => {
    if (known === undefined) return (await register.now()).get(clientId);
    if ('executor' in known) return platformByClientId(known.executor, clientId);
    return (await register.at(known.revision)).get(clientId);
  };
  const joined = (platform: KeptPlatform | undefined) => (platform?.joined ? platform : undefined);
  return {
    revisionSql: REVISION_SQL,
    async find(clientId, known) {
      const platform = joined(await platformOf(clientId, known));
      return platform && registrationOf(platform);
    },
    async verifySecret(clientId, secret) {
      const platform = joined(register.lastSeen().get(clientId));
      return platform !== undefined && isSecret(secret, platform.secretSha256);
    },
  };
}

const asRegistration = (platform: PlatformRecord): ClientRegistration => ({
  clientId: platform.clientId,
  name: platform.name,
  suspended: isSuspended(platform),
  redirectUris: platform.redirectUris,
  postLogoutRedirectUris: platform.postLogoutRedirectUris,
  initiateLoginUri: platform.initiateLoginUri,
  backchannelLogoutUri: platform.backchannelLogoutUri,
  subjectType: platform.subjectType,
  authentication: 'client_secret_basic',
});
