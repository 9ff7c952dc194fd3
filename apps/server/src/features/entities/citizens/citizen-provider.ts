import { libraryEntityRoutes } from '@hufu/contracts';
import {
  openPeopleProvider,
  type PeopleProvider,
  type PeopleProviderConfig,
} from '../../../infra/people/people-provider.ts';
import { entityError } from '../errors.ts';

/**
 * 苏服办 or its counterpart. What it does may be refused with LIBRARY_CITIZEN_FAILED.
 * @param origin our own, where answers come to
 */
export const openCitizenProvider = (config: PeopleProviderConfig, origin: string): PeopleProvider =>
  openPeopleProvider(config, {
    redirectUri: `${origin}${libraryEntityRoutes.citizenCallback.path}`,
    failed: (cause) => entityError('LIBRARY_CITIZEN_FAILED', {}, cause),
  });
