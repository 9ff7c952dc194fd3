import type { DeskPlatform, PlatformForm } from '@hufu/contracts';
import type { z } from 'zod';

type Form = z.input<typeof PlatformForm>;

/** The form's fields as they are typed: lists one to a line, absent addresses empty. */
export type PlatformValues = {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly group: Form['group'];
  readonly joined: 'true' | 'false';
  readonly homeUrl: string;
  readonly supportPhone: string;
  readonly subsystems: string;
  readonly filingMode: Form['filingMode'];
  readonly subjectType: Form['subjectType'];
  readonly redirectUris: string;
  readonly postLogoutRedirectUris: string;
  readonly initiateLoginUri: string;
  readonly backchannelLogoutUri: string;
};

export const EMPTY_PLATFORM: PlatformValues = {
  code: '',
  name: '',
  nameEn: '',
  group: 'WEST',
  joined: 'false',
  homeUrl: '',
  supportPhone: '',
  subsystems: '',
  filingMode: 'LOCAL',
  subjectType: 'public',
  redirectUris: '',
  postLogoutRedirectUris: '',
  initiateLoginUri: '',
  backchannelLogoutUri: '',
};

export function valuesOf(platform: DeskPlatform): PlatformValues {
  return {
    ...platform,
    joined: platform.joined ? 'true' : 'false',
    homeUrl: platform.homeUrl ?? '',
    subsystems: platform.subsystems.join('\n'),
    redirectUris: platform.redirectUris.join('\n'),
    postLogoutRedirectUris: platform.postLogoutRedirectUris.join('\n'),
    initiateLoginUri: platform.initiateLoginUri ?? '',
    backchannelLogoutUri: platform.backchannelLogoutUri ?? '',
  };
}

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** What the schema checks and the server is sent. */
export function formOf(values: PlatformValues): Form {
  return {
    code: values.code.trim(),
    name: values.name,
    nameEn: values.nameEn,
    group: values.group,
    joined: values.joined === 'true',
    homeUrl: orNull(values.homeUrl),
    supportPhone: values.supportPhone,
    subsystems: linesOf(values.subsystems),
    filingMode: values.filingMode,
    subjectType: values.subjectType,
    redirectUris: linesOf(values.redirectUris),
    postLogoutRedirectUris: linesOf(values.postLogoutRedirectUris),
    initiateLoginUri: orNull(values.initiateLoginUri),
    backchannelLogoutUri: orNull(values.backchannelLogoutUri),
  };
}
