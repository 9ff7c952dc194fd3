import type { Tx } from '../../../infra/database/database.ts';
import type { SigningDeps } from '../deps.ts';
import type { SignerRow, TaskRow } from './task-store.ts';

export type Invitation = {
  readonly task: Pick<TaskRow, 'id' | 'enterprise_id'>;
  /** Those whose turn begins. */
  readonly signers: readonly Pick<SignerRow, 'uscc'>[];
  /** Code of whoever brought it about, and sees it anyway. */
  readonly by: string;
};

/** Tells signers that it is their turn: a document that waits unseen is not sealed. */
export async function inviteSigners(
  { invited, records }: Pick<SigningDeps, 'invited' | 'records'>,
  tx: Tx,
  { task, signers, by }: Invitation,
): Promise<void> {
  const others = signers.filter(({ uscc }) => uscc !== by);
  if (invited === undefined || others.length === 0) return;
  const sender = (await records.byId(tx, task.enterprise_id))?.unitName ?? '';
  for (const { uscc } of others) await invited(tx, { taskId: task.id, uscc, sender });
}
