import type { EntityRole } from '@hufu/contracts';
import type { Executor, Tx } from '../../infra/database/database.ts';
import type { CallerFinder } from '../access/index.ts';
import type { ChangeLog } from '../evidence/index.ts';
import type { Files } from '../files/index.ts';
import type { Activations } from '../hub/index.ts';
import type { HubSessions, ServerTokens } from '../identity-provider/index.ts';
import type { Platforms } from '../platforms/index.ts';
import type { Records } from '../records/index.ts';
import type { Warnings } from '../warnings/index.ts';

/** An entity of the library, as platforms may know it. */
export type EntityCard = {
  readonly id: string;
  readonly kind: 'ORGANISATION' | 'NATURAL_PERSON';
  readonly name: string;
  readonly uscc: string | null;
  readonly roles: readonly EntityRole[];
  readonly state: 'REGISTERED_SIMPLE' | 'ACTIVE' | 'FROZEN';
};

export type LibraryEntities = {
  byId(executor: Executor, id: string): Promise<EntityCard | undefined>;
  byUscc(executor: Executor, uscc: string): Promise<EntityCard | undefined>;
};

export type SyncCodes = {
  /**
   * Uses a code up, in the transaction of the pull; the entity gets its next one (SM-SYNCCODE, OD-16).
   * @returns undefined when it is wrong, expired or used
   */
  spend(tx: Tx, code: string): Promise<{ readonly entityId: string } | undefined>;
};

/** Documents that an entity is asked to seal. */
export type Sealings = {
  /** @returns the id of the document in signing */
  open(
    tx: Tx,
    order: {
      readonly entityId: string;
      readonly title: string;
      readonly pdf: Uint8Array;
    },
  ): Promise<{ readonly taskId: string }>;
  state(taskId: string): Promise<'OPEN' | 'SEALED' | 'ENDED'>;
  /** SHA-256 under which the document is kept as it stands. */
  document(taskId: string): Promise<string>;
};

/** What the exchange is given by other features. */
export type ExchangePorts = {
  readonly members: CallerFinder;
  readonly operators: CallerFinder;
  readonly tokens: ServerTokens;
  readonly sessions: Pick<HubSessions, 'isAt'>;
  readonly platforms: Pick<Platforms, 'all' | 'byCode' | 'lastSeen'>;
  readonly activations: Activations;
  readonly changes: ChangeLog;
  readonly entities: LibraryEntities;
  readonly syncCodes: SyncCodes;
  readonly records: Pick<Records, 'write' | 'read' | 'single' | 'usable'>;
  readonly files: Pick<Files, 'send'>;
  readonly sealings: Sealings;
  /** Tells people (提醒). */
  readonly notify: Warnings['notify'];
};
