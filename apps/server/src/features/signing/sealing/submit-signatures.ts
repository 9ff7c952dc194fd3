import { CodedError, equalBytes } from '@hufu/kernel';
import { isMessageSignedBy } from '@hufu/pki';
import { preparedFromJson } from '@hufu/seal';
import { withTransaction } from '../../../infra/database/database.ts';
import { actorOf, type By, type SigningDeps } from '../deps.ts';
import { signingError } from '../errors.ts';
import {
  type ItemRow,
  itemsOf,
  lockPreparation,
  type PreparationRow,
  preparationById,
  setPreparationState,
  updateItem,
} from './preparation-store.ts';
import { MOST_TRIES } from './release-item.ts';
import { signingKey } from './signature-spec.ts';

export const SEAL_QUEUE = 'signing-seal';

export type Submission = { readonly id: string; readonly signatures: readonly Uint8Array[]; readonly by: By };

/** Those that the key was asked to sign, in the order in which it was asked. */
export const askedItems = (items: readonly ItemRow[]): ItemRow[] =>
  items.filter(({ state }) => state === 'PREPARED');

/**
 * Signatures come back from the key: each is checked against the certificate and its own document before any is
 * taken. Sent twice, they are taken once.
 * @throws SIGN_PREPARATION_UNKNOWN, SIGN_PREPARATION_CLOSED, SIGN_OTHER_KEY, SIGN_SIGNATURE_COUNT, SIGN_SIGNATURE_WRONG,
 *   and the certificate policy's refusals
 */
export async function submitSignatures(deps: SigningDeps, { id, signatures, by }: Submission): Promise<void> {
  const { db } = deps.database;
  const preparation = ownPreparation(await preparationById(db, id), by);
  const items = await itemsOf(db, id);
  if (isRepeated(items, signatures)) return;
  mustBeOpen(preparation, deps.clock.now());
  const asked = askedItems(items);
  if (asked.length !== signatures.length) throw signingError('SIGN_SIGNATURE_COUNT');
  const key = await signingKey(deps, preparation);
  for (const [i, item] of asked.entries()) {
    const { message } = preparedFromJson(item.prepared);
    const signed = { message, signature: signatures[i]! };
    const holds = await isMessageSignedBy(key.certificate.spki, signed, deps.engine);
    if (!holds) throw signingError('SIGN_SIGNATURE_WRONG', { index: i });
  }
  const verdict = await deps.judge.judge(await deps.judge.read(key.der));
  if (!verdict.allowed) throw new CodedError(verdict.code, verdict.fields);
  await withTransaction(deps.database, async (tx) => {
    const held = ownPreparation(await lockPreparation(tx, id), by);
    if (isRepeated(await itemsOf(tx, id), signatures)) return;
    mustBeOpen(held, deps.clock.now());
    for (const [i, item] of asked.entries()) {
      await updateItem(tx, item, { state: 'SIGNED', signature: signatures[i]! });
    }
    await setPreparationState(tx, { id, state: 'SEALING', at: new Date(deps.clock.now()) });
    await deps.outbox.enqueue(tx, {
      queue: SEAL_QUEUE,
      payload: { id },
      subject: id,
      maxAttempts: MOST_TRIES,
    });
    await deps.audit.record(tx, {
      actor: actorOf(by),
      action: 'signing.sign',
      subject: { kind: 'signing', id },
      after: { documents: asked.map(({ task_id }) => task_id) },
      entity: by.holder.enterpriseId,
      origin: by.from,
    });
  });
  deps.outbox.poke(SEAL_QUEUE);
}

/** @throws SIGN_PREPARATION_UNKNOWN, SIGN_OTHER_KEY */
export function ownPreparation(
  row: PreparationRow | undefined,
  { holder }: Pick<By, 'holder'>,
): PreparationRow {
  if (row === undefined || row.enterprise_id !== holder.enterpriseId) {
    throw signingError('SIGN_PREPARATION_UNKNOWN');
  }
  if (row.fingerprint !== holder.fingerprint) throw signingError('SIGN_OTHER_KEY');
  return row;
}

function mustBeOpen({ state, expires_at }: PreparationRow, now: number): void {
  if (state !== 'READY' || expires_at.getTime() <= now) throw signingError('SIGN_PREPARATION_CLOSED');
}

/** The same signatures as are kept: an answer was lost on its way and the page sent them again. */
function isRepeated(items: readonly ItemRow[], signatures: readonly Uint8Array[]): boolean {
  const kept = items.flatMap(({ signature }) => (signature === null ? [] : [new Uint8Array(signature)]));
  return (
    kept.length > 0 &&
    kept.length === signatures.length &&
    kept.every((signature, i) => equalBytes(signature, signatures[i]!))
  );
}
