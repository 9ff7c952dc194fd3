import type { PhoneApprovals } from '@hufu/contracts';
import type { PhoneDeps } from './deps.ts';
import { offersTo } from './halves/offer-store.ts';
import { openInvitations } from './people/invite.ts';
import { transfersTo } from './people/transfer.ts';
import { userById } from './users.ts';

/** 待办: what waits for this person's answer. */
export async function approvalsOf(deps: PhoneDeps, userId: string): Promise<PhoneApprovals> {
  const { db } = deps.database;
  const me = (await userById(db, userId))!;
  return {
    invitations: await openInvitations(deps, db, { phoneHash: me.phone_hash }),
    transfers: await transfersTo(deps, db, userId),
    offers: await offersTo(deps, db, userId),
  };
}

export async function waitingFor(deps: PhoneDeps, userId: string): Promise<number> {
  const { invitations, transfers, offers } = await approvalsOf(deps, userId);
  return invitations.length + transfers.length + offers.length;
}
