import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type Happening, step } from '../../../infra/state-table.ts';
import type { SigningDeps } from '../deps.ts';
import { SIGNER_STATES, type SignerEvent, type SignerFacts } from '../domain/signer-states.ts';
import { signingError } from '../errors.ts';
import { lockTask, type SignerRow, signersOf, type TaskRow, taskById } from './task-store.ts';

/** A document as one enterprise may reach it: its sender and its signers, and nobody else. */
export type Reached = {
  readonly task: TaskRow;
  readonly signers: readonly SignerRow[];
  /** The caller's own part; undefined for one who only sent it. */
  readonly mine: SignerRow | undefined;
  readonly isSender: boolean;
  readonly uscc: string;
};

type Asked = { readonly id: string; readonly enterpriseId: string };

async function reach(
  deps: Pick<SigningDeps, 'records'>,
  executor: Executor,
  { task, enterpriseId }: { readonly task: TaskRow | undefined; readonly enterpriseId: string },
): Promise<Reached> {
  const enterprise = await deps.records.byId(executor, enterpriseId);
  if (task === undefined || enterprise === undefined) throw signingError('SIGN_UNKNOWN');
  const signers = await signersOf(executor, [task.id]);
  const mine = signers.find(({ uscc }) => uscc === enterprise.uscc);
  const isSender = task.enterprise_id === enterpriseId;
  if (!isSender && mine === undefined) throw signingError('SIGN_UNKNOWN');
  return { task, signers, mine, isSender, uscc: enterprise.uscc };
}

/** @throws SIGN_UNKNOWN */
export async function reachTask(deps: SigningDeps, { id, enterpriseId }: Asked): Promise<Reached> {
  const { db } = deps.database;
  return reach(deps, db, { task: await taskById(db, id), enterpriseId });
}

/** The same, held until the transaction ends. @throws SIGN_UNKNOWN */
export async function holdTask(deps: SigningDeps, tx: Tx, { id, enterpriseId }: Asked): Promise<Reached> {
  return reach(deps, tx, { task: await lockTask(tx, id), enterpriseId });
}

/** The caller's own part of an open document: nobody signs for another. @throws SIGN_STATE, SIGN_NOT_SIGNER */
export function ownPart({ task, mine }: Reached): SignerRow {
  if (mine === undefined) throw signingError('SIGN_NOT_SIGNER');
  if (task.state !== 'OPEN') throw signingError('SIGN_STATE');
  return mine;
}

/** @throws what the table refuses with */
export function nextState(
  happening: Happening<SignerRow['state'], SignerEvent, SignerFacts>,
): SignerRow['state'] {
  const taken = step(SIGNER_STATES, happening);
  if (!taken.allowed) throw signingError(taken.code);
  return taken.next;
}
