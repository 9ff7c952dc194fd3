import { publicRoutes } from '@hufu/contracts';
import type { Executor, Tx } from '../../infra/database/database.ts';
import type { Feature } from '../../infra/feature.ts';
import { mount } from '../../infra/http/mount.ts';
import type { ClientDirectory } from '../identity-provider/index.ts';
import { createClientDirectory } from './client-directory.ts';
import type { By, PlatformDeps } from './deps.ts';
import {
  type NewPlatformFields,
  type PlatformFields,
  type PlatformRecord,
  publicView,
} from './domain/platform.ts';
import { PLATFORM_ERRORS } from './errors.ts';
import { holdRegister } from './held-register.ts';
import { allPlatforms, platformByCode } from './store.ts';
import { type AddedPlatform, addPlatform } from './usecases/add-platform.ts';
import { applyChange, resumePlatform, suspendPlatform } from './usecases/change-platform.ts';
import { rotateSecret } from './usecases/rotate-secret.ts';
import {
  type GivenClient,
  registerGivenClients,
  type SeedPlatform,
  seedPlatforms,
} from './usecases/seed-platforms.ts';

export type { By } from './deps.ts';
export {
  checkAddress,
  checkAddresses,
  deskView,
  type PlatformFields,
  type PlatformRecord,
} from './domain/platform.ts';
export type { AddedPlatform } from './usecases/add-platform.ts';
export type { GivenClient, SeedPlatform } from './usecases/seed-platforms.ts';

/** The register of trading platforms. Whoever may change it is decided by the desk. */
export type Platforms = {
  readonly feature: Feature;
  readonly clients: ClientDirectory;
  /** @param executor where it is asked; outside of any transaction if it is absent */
  all(executor?: Executor): Promise<PlatformRecord[]>;
  byCode(code: string, executor?: Executor): Promise<PlatformRecord | undefined>;
  /** As of the last look into the register: for whoever has just found the client in the same request. */
  lastSeen(clientId: string): PlatformRecord | undefined;
  add(platform: { code: string; fields: NewPlatformFields }, by: By): Promise<AddedPlatform>;
  rotateSecret(code: string, by: By): Promise<{ clientSecret: string }>;
  suspend(tx: Tx, change: { code: string; by: By }): Promise<PlatformRecord>;
  applyChange(
    tx: Tx,
    change: { code: string; version: number; fields: PlatformFields; by: By },
  ): Promise<void>;
  applyResume(tx: Tx, change: { code: string; version: number; by: By }): Promise<void>;
  seed(platforms: readonly SeedPlatform[]): Promise<void>;
  registerGivenClients(clients: readonly GivenClient[]): Promise<void>;
};

export function createPlatforms(deps: PlatformDeps): Platforms {
  const { db } = deps.database;
  const register = holdRegister(deps.database);
  return {
    feature: {
      name: 'platforms',
      errors: PLATFORM_ERRORS,
      register(app) {
        mount(app, {
          route: publicRoutes.platforms,
          handler: async () => (await allPlatforms(db)).map(publicView),
        });
      },
    },
    clients: createClientDirectory(register),
    all: (executor = db) => allPlatforms(executor),
    byCode: (code, executor = db) => platformByCode(executor, code),
    lastSeen: (clientId) => register.lastSeen().get(clientId),
    add: (platform, by) => addPlatform(deps, platform, by),
    rotateSecret: (code, by) => rotateSecret(deps, code, by),
    suspend: (tx, change) => suspendPlatform(deps, tx, change),
    applyChange: (tx, change) => applyChange(deps, tx, change),
    applyResume: (tx, change) => resumePlatform(deps, tx, change),
    seed: (platforms) => seedPlatforms(deps, platforms),
    registerGivenClients: (clients) => registerGivenClients(deps, clients),
  };
}
