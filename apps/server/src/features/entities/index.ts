import { LIBRARY_ENTITY_ERRORS } from '@hufu/contracts';
import type { Executor, Tx } from '../../infra/database/database.ts';
import type { Feature } from '../../infra/feature.ts';
import type { Infra } from '../../infra/infra.ts';
import { type CallerFinder, guardAccess } from '../access/index.ts';
import type { ChallengeSubjects, EnterpriseRecords, LibraryDoor } from '../hub/index.ts';
import type { CompletedDocument } from '../signing/index.ts';
import { type EntityStanding, entityStanding } from './accounts/desk-face.ts';
import { createDirectory, type EntityDirectory } from './accounts/directory.ts';
import { entitiesHolding } from './accounts/entities-holding.ts';
import { type RecordChange, recordHook } from './accounts/record-hook.ts';
import { purgeAdmissions } from './admission/admission-store.ts';
import { admissionRoutes } from './admission/routes.ts';
import { purgeCitizenLogins } from './citizens/citizen-login-store.ts';
import { citizenRoutes } from './citizens/routes.ts';
import type { EntityContext, EntityPeers } from './context.ts';
import { delegationRoutes } from './delegations/routes.ts';
import type { EntityDeps, EntitySettings } from './deps.ts';
import { createHubDoor, LIBRARY_TARGET, purgeHubEntries } from './hub-entry/hub-entry.ts';
import { hubEntryRoutes } from './hub-entry/routes.ts';
import { createIdentities, type Identities } from './identities.ts';
import { expiringKeys, type KeyEnd, primaryFingerprint, proofsAmong } from './keys/key-store.ts';
import { keyRoutes } from './keys/routes.ts';
import { letterCompleted } from './letters/commitment-letter.ts';
import { letterRoutes } from './letters/routes.ts';
import { createLibrarySessions } from './sessions/library-sessions.ts';
import { sessionRoutes } from './sessions/routes.ts';
import { purgeSessions } from './sessions/session-store.ts';
import { signingHolders, signingRecords } from './signing-bridge.ts';
import { syncCodeRoutes } from './sync-codes/routes.ts';
import { createSyncCodes, type SyncCodes } from './sync-codes/sync-codes.ts';

export { readAgreements } from './accounts/agreements.ts';
export type { EntityStanding } from './accounts/desk-face.ts';
export type { EntityCard, EntityDirectory } from './accounts/directory.ts';
export { loadAccounts } from './accounts/load-accounts.ts';
export type { RecordChange } from './accounts/record-hook.ts';
export { openCitizenProvider } from './citizens/citizen-provider.ts';
export type { EntitySettings } from './deps.ts';
export type { Identities } from './identities.ts';
export { readLetterTemplate } from './letters/letter-template.ts';
export type { SyncCodes } from './sync-codes/sync-codes.ts';

/** The library's accounts in two steps: the hub must know them before they can use the hub. */
export type Entities = {
  readonly identities: Identities;
  /** What the challenges of the library's acts are about. */
  readonly subjects: ChallengeSubjects;
  /** Who is logged in to the library. */
  readonly members: CallerFinder;
  readonly directory: EntityDirectory;
  /** Freezing, thawing, merging: for the desk. */
  readonly standing: EntityStanding;
  readonly syncCodes: SyncCodes;
  /** The library among the hub's targets. */
  readonly door: LibraryDoor;
  /** Base information completes a registration: called with every change of a record, in its transaction. */
  recordHook(tx: Tx, changes: readonly RecordChange[]): Promise<void>;
  /** A sealed letter completes a registration: given to the feature that seals documents. */
  letterCompleted(tx: Tx, document: CompletedDocument): Promise<void>;
  /** Keys in force whose certificate ends between two moments: for warnings. */
  expiringKeys(executor: Executor, range: { readonly after: Date; readonly until: Date }): Promise<KeyEnd[]>;
  /** Of the entity's primary key in force; undefined where there is none. */
  primaryFingerprint(executor: Executor, entityId: string): Promise<string | undefined>;
  /** Who seals: the hub's holder, or the library's key where the page says so. */
  signingHolders(hub: CallerFinder): CallerFinder;
  signingRecords(hub: EnterpriseRecords): EnterpriseRecords;
  /** Whose name or code holds the text: for the desk. */
  holding(executor: Executor, text: string): Promise<string[]>;
  feature(peers: EntityPeers): Feature;
};

const DAY_MS = 86_400_000;

/** A proof costs a signature check and perhaps a question to an authority; a letter costs setting type. */
const LIMITS = {
  'library-proof': { requests: 60, seconds: 60, burst: 30 },
  'library-letter': { requests: 10, seconds: 60, burst: 5 },
} as const;

export function createEntities(infra: Infra, settings: EntitySettings): Entities {
  const deps: EntityDeps = { ...infra, ...settings, identities: createIdentities(infra) };
  const sessions = createLibrarySessions(deps);
  return {
    identities: deps.identities,
    subjects: {
      // The key that is read belongs into the session that asks for it.
      'library-key': async (request) => {
        const caller = await sessions.caller(request);
        return { subject: caller.kind === 'member' ? caller.sessionId : '', summary: '读取CA信息' };
      },
    },
    members: sessions.caller,
    directory: createDirectory(deps),
    standing: entityStanding(deps),
    syncCodes: createSyncCodes(deps),
    door: { target: LIBRARY_TARGET, enter: createHubDoor(deps).enter },
    recordHook: recordHook(deps),
    letterCompleted: letterCompleted(deps),
    expiringKeys,
    primaryFingerprint,
    signingHolders: signingHolders(deps, sessions),
    signingRecords: (hub) => signingRecords(deps, hub),
    holding: entitiesHolding,
    feature: (peers) => entitiesFeature({ deps, sessions, peers }),
  };
}

function entitiesFeature(context: EntityContext): Feature {
  const { deps, sessions } = context;
  const { db } = deps.database;
  return {
    name: 'entities',
    errors: LIBRARY_ENTITY_ERRORS,
    limits: LIMITS,
    periodic: [
      {
        name: 'library-forget',
        everySeconds: 3600,
        run: async () => {
          const before = new Date(deps.clock.now() - DAY_MS);
          await purgeAdmissions(db, before);
          await purgeCitizenLogins(db, before);
          await purgeHubEntries(db, before);
          await purgeSessions(db, new Date(before.getTime() - 30 * DAY_MS));
        },
      },
    ],
    heldAttachments: (sha256) => proofsAmong(db, sha256),
    register(app) {
      guardAccess(app, { find: sessions.caller, audit: deps.audit, sourceHash: deps.sourceHash });
      admissionRoutes(app, context);
      citizenRoutes(app, context);
      hubEntryRoutes(app, context);
      sessionRoutes(app, context);
      keyRoutes(app, context);
      delegationRoutes(app, context);
      letterRoutes(app, context);
      syncCodeRoutes(app, context);
    },
  };
}
