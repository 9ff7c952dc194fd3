import type { Approval, EntityRole } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import type { AuditActor, AuditOrigin } from '../../infra/audit/audit.ts';
import type { Executor, Tx } from '../../infra/database/database.ts';
import type { ReceivedFile } from '../../infra/http/receive-file.ts';
import type { CallerFinder } from '../access/index.ts';
import type { Proposal } from '../desk/index.ts';
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
   * Uses a code up in the transaction of the pull; the entity gets its next one (SM-SYNCCODE, OD-16). A verdict, not an
   * error: the count of wrong entries has to be committed.
   */
  spend(
    tx: Tx,
    spending: {
      readonly code: string;
      readonly uscc: string;
      readonly platformCode: string;
      readonly platformUser: string;
      readonly actor: AuditActor;
      readonly origin?: AuditOrigin;
    },
  ): Promise<
    | { readonly ok: true; readonly entityId: string }
    | { readonly ok: false; readonly code: 'SYNC_CODE_WRONG' }
    | { readonly ok: false; readonly code: 'SYNC_CODE_LOCKED'; readonly lockedUntil: Date }
  >;
};

/** Documents that an entity is asked to seal. */
export type Sealings = {
  /** @returns the document's id in signing. @throws what signing refuses */
  open(order: {
    readonly entityId: string;
    readonly title: string;
    readonly file: ReceivedFile;
    readonly actor: AuditActor;
    readonly from: AuditOrigin;
  }): Promise<string>;
  /** How far it has come, and the SHA-256 under which it is kept as it stands. */
  standing(
    executor: Executor,
    taskId: string,
  ): Promise<{ readonly state: 'OPEN' | 'SEALED' | 'ENDED'; readonly sha256: string }>;
};

/** What the exchange is given by other features. */
export type ExchangePorts = {
  readonly members: CallerFinder;
  readonly operators: CallerFinder;
  /** Opens a step for a second person, in a transaction of its own. @throws DESK_DUPLICATE */
  readonly propose: (
    request: FastifyRequest,
    step: { readonly proposal: Proposal; readonly reason: string },
  ) => Promise<Approval>;
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
