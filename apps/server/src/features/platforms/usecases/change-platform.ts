import type { Tx } from '../../../infra/database/database.ts';
import type { By, PlatformDeps } from '../deps.ts';
import { checkAddresses, isSuspended, type PlatformFields, type PlatformRecord } from '../domain/platform.ts';
import { platformError } from '../errors.ts';
import { type PlatformUpdate, platformByCode, updatePlatform } from '../store.ts';

/** @throws PLATFORM_UNKNOWN */
export async function existing(
  tx: Parameters<typeof platformByCode>[0],
  code: string,
): Promise<PlatformRecord> {
  const platform = await platformByCode(tx, code);
  if (platform === undefined) throw platformError('PLATFORM_UNKNOWN');
  return platform;
}

/** Takes an approved change over. @throws PLATFORM_STALE, PLATFORM_ADDRESS, PLATFORM_UNKNOWN */
export async function applyChange(
  deps: PlatformDeps,
  tx: Tx,
  { code, version, fields, by }: { code: string; version: number; fields: PlatformFields; by: By },
): Promise<void> {
  checkAddresses(fields);
  const before = await existing(tx, code);
  const at = new Date(deps.clock.now());
  await write(tx, { code, version, fields, at });
  await tell(deps, tx, { action: 'platform.change', code, before, after: fields, by });
}

/** Counts at once: the next question for this client is answered with it. @throws PLATFORM_SUSPENDED_ALREADY */
export async function suspendPlatform(
  deps: PlatformDeps,
  tx: Tx,
  { code, by }: { code: string; by: By },
): Promise<PlatformRecord> {
  const before = await existing(tx, code);
  if (isSuspended(before)) throw platformError('PLATFORM_SUSPENDED_ALREADY');
  const at = new Date(deps.clock.now());
  await write(tx, { code, version: before.version, suspension: { reason: by.reason }, at });
  await tell(deps, tx, {
    action: 'platform.suspend',
    code,
    before: { suspended: false },
    after: { suspended: true },
    by,
  });
  return existing(tx, code);
}

/** @throws PLATFORM_NOT_SUSPENDED, PLATFORM_STALE */
export async function resumePlatform(
  deps: PlatformDeps,
  tx: Tx,
  { code, version, by }: { code: string; version: number; by: By },
): Promise<void> {
  const before = await existing(tx, code);
  if (!isSuspended(before)) throw platformError('PLATFORM_NOT_SUSPENDED');
  await write(tx, { code, version, suspension: null, at: new Date(deps.clock.now()) });
  await tell(deps, tx, {
    action: 'platform.resume',
    code,
    before: { suspended: true },
    after: { suspended: false },
    by,
  });
}

async function write(tx: Tx, update: PlatformUpdate): Promise<void> {
  if (!(await updatePlatform(tx, update))) throw platformError('PLATFORM_STALE');
}

type Told = { action: string; code: string; before: unknown; after: unknown; by: By };

export async function tell(deps: Pick<PlatformDeps, 'audit'>, tx: Tx, told: Told): Promise<void> {
  const { action, code, before, after, by } = told;
  await deps.audit.record(tx, {
    actor: by.actor,
    action,
    subject: { kind: 'platform', id: code },
    before,
    after,
    reason: by.reason,
    ...(by.from ? { origin: by.from } : {}),
  });
}
