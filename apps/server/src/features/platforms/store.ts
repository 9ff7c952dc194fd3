import type { Selectable } from 'kysely';
import type { Executor, Tx } from '../../infra/database/database.ts';
import type { PlatformFields, PlatformRecord } from './domain/platform.ts';
import { type PlatformTables, platformTables } from './tables.ts';

type Row = Selectable<PlatformTables['platform']>;

const record = (row: Row): PlatformRecord => ({
  code: row.code,
  name: row.name,
  nameEn: row.name_en,
  group: row.group_code,
  joined: row.joined,
  homeUrl: row.home_url,
  supportPhone: row.support_phone,
  subsystems: row.subsystems,
  filingMode: row.filing_mode,
  subjectType: row.subject_type,
  clientId: row.client_id,
  redirectUris: row.redirect_uris,
  postLogoutRedirectUris: row.post_logout_redirect_uris,
  initiateLoginUri: row.initiate_login_uri,
  backchannelLogoutUri: row.backchannel_logout_uri,
  suspendedAt: row.suspended_at?.getTime() ?? null,
  suspendReason: row.suspend_reason,
  version: row.version,
});

const columns = (fields: PlatformFields) => ({
  name: fields.name,
  name_en: fields.nameEn,
  group_code: fields.group,
  joined: fields.joined,
  home_url: fields.homeUrl,
  support_phone: fields.supportPhone,
  subsystems: JSON.stringify(fields.subsystems),
  filing_mode: fields.filingMode,
  subject_type: fields.subjectType,
  redirect_uris: JSON.stringify(fields.redirectUris),
  post_logout_redirect_uris: JSON.stringify(fields.postLogoutRedirectUris),
  initiate_login_uri: fields.initiateLoginUri,
  backchannel_logout_uri: fields.backchannelLogoutUri,
});

export async function allPlatforms(executor: Executor): Promise<PlatformRecord[]> {
  const rows = await platformTables(executor)
    .selectFrom('platform')
    .selectAll()
    .orderBy('position')
    .orderBy('code')
    .execute();
  return rows.map(record);
}

export async function platformByCode(executor: Executor, code: string): Promise<PlatformRecord | undefined> {
  const row = await platformTables(executor)
    .selectFrom('platform')
    .selectAll()
    .where('code', '=', code)
    .executeTakeFirst();
  return row && record(row);
}

/** With the digest of its secret: never leaves the feature. */
export type KeptPlatform = PlatformRecord & { readonly secretSha256: string };

const kept = (row: Row): KeptPlatform => ({ ...record(row), secretSha256: row.client_secret_sha256 });

export async function keptPlatforms(executor: Executor): Promise<KeptPlatform[]> {
  const rows = await platformTables(executor).selectFrom('platform').selectAll().execute();
  return rows.map(kept);
}

export async function platformByClientId(
  executor: Executor,
  clientId: string,
): Promise<KeptPlatform | undefined> {
  const row = await platformTables(executor)
    .selectFrom('platform')
    .selectAll()
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row && kept(row);
}

export type NewPlatform = {
  readonly code: string;
  readonly clientId: string;
  readonly secretSha256: string;
  readonly fields: PlatformFields;
  /** Undefined: after all others. */
  readonly position?: number;
  readonly at: Date;
};

/** @returns false when code, name or client id exists already */
export async function insertPlatform(tx: Tx, platform: NewPlatform): Promise<boolean> {
  const row = await platformTables(tx)
    .insertInto('platform')
    .values((eb) => ({
      ...columns(platform.fields),
      code: platform.code,
      position:
        platform.position ??
        eb.selectFrom('platform').select((of) => of.fn.coalesce(of.fn.max('position'), of.lit(0)).as('last')),
      client_id: platform.clientId,
      client_secret_sha256: platform.secretSha256,
      suspended_at: null,
      suspend_reason: null,
      version: 1,
      created_at: platform.at,
      updated_at: platform.at,
    }))
    .onConflict((conflict) => conflict.doNothing())
    .returning('code')
    .executeTakeFirst();
  return row !== undefined;
}

export type PlatformUpdate = {
  readonly code: string;
  /** What the proposer saw. */
  readonly version: number;
  readonly at: Date;
} & (
  | { readonly fields: PlatformFields }
  | { readonly suspension: { readonly reason: string } | null }
  | { readonly secretSha256: string; readonly clientId?: string }
);

/** @returns false when the platform is no longer what the caller saw */
export async function updatePlatform(tx: Tx, update: PlatformUpdate): Promise<boolean> {
  const { code, version, at } = update;
  const row = await platformTables(tx)
    .updateTable('platform')
    .set((eb) => ({ ...changedColumns(update, at), updated_at: at, version: eb('version', '+', 1) }))
    .where('code', '=', code)
    .where('version', '=', version)
    .returning('code')
    .executeTakeFirst();
  return row !== undefined;
}

function changedColumns(update: PlatformUpdate, at: Date) {
  if ('fields' in update) return columns(update.fields);
  if ('suspension' in update) {
    return { suspended_at: update.suspension && at, suspend_reason: update.suspension?.reason ?? null };
  }
  return {
    client_secret_sha256: update.secretSha256,
    ...(update.clientId === undefined ? {} : { client_id: update.clientId }),
  };
}
