import { phoneRoutes } from '@hufu/contracts';
import {
  openPeopleProvider,
  type PeopleProvider,
  type PeopleProviderConfig,
} from '../../../infra/people/people-provider.ts';
import { phoneError } from '../errors.ts';

/**
 * Where real names are proved (MOB-003). What it does may be refused with PHONE_REAL_NAME_FAILED.
 * @param origin our own, where answers come to
 */
export const openRealNameProvider = (config: PeopleProviderConfig, origin: string): PeopleProvider =>
  openPeopleProvider(config, {
    redirectUri: `${origin}${phoneRoutes.realNameCallback.path}`,
    failed: (cause) => phoneError('PHONE_REAL_NAME_FAILED', {}, cause),
  });
