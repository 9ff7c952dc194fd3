import { toBase64Url } from '@hufu/kernel';
import type { Tx } from '../../../infra/database/database.ts';
import type { HubDeps } from '../deps.ts';
import { enterpriseByUscc } from '../store/enterprises.ts';
import { insertNotice } from '../store/notices.ts';

export type SigningTurn = {
  readonly taskId: string;
  readonly uscc: string;
  /** Name of the enterprise that sent the document. */
  readonly sender: string;
};

/** Every key of the enterprise sees that a document waits for its seal. One that is not bound has nobody to tell. */
export const noticeSigningTurn =
  ({ random, clock }: Pick<HubDeps, 'random' | 'clock'>) =>
  async (tx: Tx, { taskId, uscc, sender }: SigningTurn): Promise<void> => {
    const enterprise = await enterpriseByUscc(tx, uscc);
    if (enterprise?.state !== 'BOUND') return;
    await insertNotice(tx, {
      id: toBase64Url(random(16)),
      enterpriseId: enterprise.id,
      notice: { kind: 'SIGNING_TURN', facts: { taskId, sender } },
      at: new Date(clock.now()),
    });
  };
