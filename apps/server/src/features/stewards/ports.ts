import type { Approval } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import type { Tx } from '../../infra/database/database.ts';
import type { Infra } from '../../infra/infra.ts';
import type { CallerFinder } from '../access/index.ts';
import type { Proposal } from '../desk/index.ts';
import type { EntityDirectory, EntityStanding } from '../entities/index.ts';
import type { Files } from '../files/index.ts';
import type { Records } from '../records/index.ts';

/** What the stewards are given by other features. */
export type StewardPorts = {
  readonly operators: CallerFinder;
  /** Opens a step for a second person, in a transaction of its own. @throws DESK_DUPLICATE */
  readonly propose: (
    request: FastifyRequest,
    step: { readonly proposal: Proposal; readonly reason: string },
  ) => Promise<Approval>;
  readonly standing: EntityStanding;
  readonly directory: EntityDirectory;
  readonly records: Pick<Records, 'prepare' | 'read' | 'create'>;
  /** Judges a paper by its content and keeps it. */
  readonly takeFile: Files['judge'];
  /** What else ends when an entity may be used no more, such as approvals of platforms. */
  readonly frozen: (tx: Tx, entityId: string) => Promise<void>;
};

export type StewardDeps = Infra & StewardPorts;
