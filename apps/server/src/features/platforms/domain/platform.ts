import type { DeskPlatform, PlatformPublic } from '@hufu/contracts';
import { platformError } from '../errors.ts';

/** One line of the register (F-PLATREG). */
export type PlatformRecord = Omit<DeskPlatform, 'suspended'> & { readonly suspendedAt: number | null };

/** The members that a person at the desk, or the demo, may set. */
export type PlatformFields = Omit<
  PlatformRecord,
  'code' | 'clientId' | 'suspendedAt' | 'suspendReason' | 'version'
>;

/** What one person may register: a platform that has not joined. Letting it in takes two (HUB-011). */
export type NewPlatformFields = Omit<PlatformFields, 'joined'>;

export const isSuspended = (platform: Pick<PlatformRecord, 'suspendedAt'>): boolean =>
  platform.suspendedAt !== null;

export const publicView = (platform: PlatformRecord): PlatformPublic => ({
  code: platform.code,
  name: platform.name,
  nameEn: platform.nameEn,
  group: platform.group,
  joined: platform.joined,
  suspended: isSuspended(platform),
  homeUrl: platform.homeUrl,
  supportPhone: platform.supportPhone,
  subsystems: platform.subsystems,
});

export function deskView({ suspendedAt, ...platform }: PlatformRecord): DeskPlatform {
  return { ...platform, suspended: suspendedAt !== null };
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Addresses to which browsers and tokens are sent: https, unless on this very machine; no credentials, no fragment
 * (RFC 6749 §3.1.2, OpenID Connect Registration §2).
 *
 * @throws PLATFORM_ADDRESS
 */
export function checkAddresses(
  platform: Pick<
    PlatformFields,
    'redirectUris' | 'postLogoutRedirectUris' | 'initiateLoginUri' | 'backchannelLogoutUri' | 'homeUrl'
  >,
): void {
  const addresses = [
    ...platform.redirectUris,
    ...platform.postLogoutRedirectUris,
    platform.initiateLoginUri,
    platform.backchannelLogoutUri,
  ].filter((address) => address !== null);
  for (const address of addresses) checkAddress(address);
}

/** One of them. @throws PLATFORM_ADDRESS */
export function checkAddress(address: string): void {
  if (!isFit(address)) throw platformError('PLATFORM_ADDRESS');
}

function isFit(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.hash !== '' || address.includes('#') || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
}
