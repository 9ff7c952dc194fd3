import { z } from 'zod';
import type { AuditActor, AuditOrigin } from '../../../infra/audit/audit.ts';
import type { Tx } from '../../../infra/database/database.ts';
import { withTransaction } from '../../../infra/database/database.ts';
import type { ApprovalKinds, Proposal } from '../../desk/index.ts';
import type { EntityCard } from '../../entities/index.ts';
import { stewardError } from '../errors.ts';
import type { StewardDeps } from '../ports.ts';

/** @throws STEWARD_UNKNOWN_ENTITY */
async function cardOf(
  deps: Pick<StewardDeps, 'database' | 'directory'>,
  id: string,
  tx?: Tx,
): Promise<EntityCard> {
  const card = await deps.directory.byId(tx ?? deps.database.db, id);
  if (card === undefined) throw stewardError('STEWARD_UNKNOWN_ENTITY');
  return card;
}

type Freezing = {
  readonly id: string;
  readonly reason: string;
  readonly actor: AuditActor;
  readonly from: AuditOrigin;
};

/** At once, by one person: what is frozen wrongly can be released, what was used wrongly cannot be taken back. */
export async function freezeEntity(deps: StewardDeps, order: Freezing): Promise<void> {
  await cardOf(deps, order.id);
  await withTransaction(deps.database, async (tx) => {
    await deps.standing.freeze(tx, order);
    await deps.frozen(tx, order.id);
  });
}

const named = ({ name, uscc }: EntityCard): string => (uscc === null ? name : `${name}（${uscc}）`);

/** @throws STEWARD_UNKNOWN_ENTITY, STEWARD_NOT_FROZEN */
export async function thawProposal(deps: StewardDeps, id: string): Promise<Proposal> {
  const card = await cardOf(deps, id);
  if (card.state !== 'FROZEN' || card.mergedInto !== null) throw stewardError('STEWARD_NOT_FROZEN');
  return {
    kind: 'ENTITY_THAW',
    subject: id,
    subjectState: `${id}#FROZEN`,
    summary: `解除主体冻结：${named(card)}`,
    changes: [{ field: 'state', before: 'FROZEN', after: null }],
    payload: { id },
  };
}

/** @throws STEWARD_UNKNOWN_ENTITY, STEWARD_MERGE_TARGET */
export async function mergeProposal(deps: StewardDeps, ids: { id: string; into: string }): Promise<Proposal> {
  const card = await cardOf(deps, ids.id);
  const target = await cardOf(deps, ids.into);
  mustFit(card, target);
  return {
    kind: 'ENTITY_MERGE',
    subject: ids.id,
    subjectState: `${ids.id}#${ids.into}`,
    summary: `合并主体：${named(card)} 并入 ${named(target)}，前者关闭`,
    changes: [{ field: 'mergedInto', before: null, after: named(target) }],
    payload: ids,
  };
}

function mustFit(card: EntityCard, target: EntityCard): void {
  const fits = card.id !== target.id && card.kind === target.kind && card.mergedInto === null;
  if (!fits || target.mergedInto !== null) throw stewardError('STEWARD_MERGE_TARGET');
}

const Thawed = z.object({ id: z.string() });
const Merged = z.object({ id: z.string(), into: z.string() });

/** What the second person's yes does; records and evidence of a merged account stay where they are. */
export const standingKinds = (deps: StewardDeps): ApprovalKinds => ({
  ENTITY_THAW: {
    async apply(tx, { row, actor }) {
      const { id } = Thawed.parse(row.payload);
      const card = await cardOf(deps, id, tx);
      if (card.state !== 'FROZEN' || card.mergedInto !== null) throw stewardError('STEWARD_NOT_FROZEN');
      await deps.standing.thaw(tx, { id, reason: row.reason, actor });
    },
  },
  ENTITY_MERGE: {
    async apply(tx, { row, actor }) {
      const { id, into } = Merged.parse(row.payload);
      mustFit(await cardOf(deps, id, tx), await cardOf(deps, into, tx));
      await deps.standing.merge(tx, { id, into, reason: row.reason, actor });
      await deps.frozen(tx, id);
    },
  },
});
