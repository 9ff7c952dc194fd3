import { CodedError } from '@hufu/kernel';
import { withTransaction } from '../../../infra/database/database.ts';
import type { Job } from '../../../infra/outbox/job.ts';
import type { RaDeps } from '../deps.ts';
import type { RevocationReason } from './authority-client.ts';
import { certificateById, settleCertificate } from './certificate-store.ts';

export const AUTHORITY_QUEUE = 'ra-authority';
export const ABANDON_QUEUE = 'ra-abandon';

export type AuthorityOrder = {
  readonly certificateId: string;
  readonly event: 'hold' | 'release' | 'revoke';
  readonly reason: RevocationReason;
};

export type AbandonOrder = { readonly authorityId: string; readonly reference: string };

/** Said to an authority that knows it already. */
const KNOWN: Readonly<Record<AuthorityOrder['event'], readonly string[]>> = {
  hold: ['CA_ALREADY_HELD', 'CA_ALREADY_REVOKED'],
  release: ['CA_NOT_HELD'],
  revoke: ['CA_ALREADY_REVOKED'],
};

async function unlessKnown(work: () => Promise<unknown>, known: readonly string[]): Promise<void> {
  try {
    await work();
  } catch (error) {
    const said = error instanceof CodedError ? error.fields['said'] : undefined;
    if (typeof said !== 'string' || !known.includes(said)) throw error;
  }
}

/** Tells the authority, then has the hub look at its new list. Jobs of one certificate run in their order. */
export async function tellAuthority(deps: RaDeps, { payload }: Pick<Job, 'payload'>): Promise<void> {
  const { certificateId, event, reason } = payload as AuthorityOrder;
  const row = await certificateById(deps.database.db, certificateId);
  if (row === undefined) return;
  const client = deps.authorities.client(row.authority_id);
  await unlessKnown(() => client[event](row.serial_hex, reason), KNOWN[event]);
  await withTransaction(deps.database, (tx) =>
    settleCertificate(tx, {
      id: row.id,
      state: event === 'hold' ? 'HELD' : event === 'release' ? 'EFFECTIVE' : 'REVOKED',
    }),
  );
  await deps.refreshAuthority(row.authority_id);
}

/** Keys of a run that came to nothing are certified no longer: revokes what the authority may have issued for it. */
export async function abandonRun(deps: RaDeps, { payload }: Pick<Job, 'payload'>): Promise<void> {
  const { authorityId, reference } = payload as AbandonOrder;
  const client = deps.authorities.client(authorityId);
  const issued = await client.order(reference);
  if (issued === undefined) return;
  await unlessKnown(() => client.revoke(issued.serialHex, 'cessationOfOperation'), KNOWN.revoke);
  await deps.refreshAuthority(authorityId);
}
