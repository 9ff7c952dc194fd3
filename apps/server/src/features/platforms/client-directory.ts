import type { Database } from '../../infra/database/database.ts';
import type { ClientDirectory, ClientRegistration } from '../identity-provider/index.ts';
import { isSecret } from './client-secret.ts';
import { isSuspended, type PlatformRecord } from './domain/platform.ts';
import { platformByClientId } from './store.ts';

/**
 * Platforms as OpenID clients. Read at every question, so that a suspension counts from its commit on, on every
 * server. A platform that has not joined is no client at all (HUB-011).
 */
export function createClientDirectory(database: Database): ClientDirectory {
  return {
    async find(clientId, executor = database.db) {
      const platform = await platformByClientId(executor, clientId);
      return platform?.joined ? registrationOf(platform) : undefined;
    },
    async verifySecret(clientId, secret) {
      const platform = await platformByClientId(database.db, clientId);
      return platform?.joined === true && isSecret(secret, platform.secretSha256);
    },
  };
}

const registrationOf = (platform: PlatformRecord): ClientRegistration => ({
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
