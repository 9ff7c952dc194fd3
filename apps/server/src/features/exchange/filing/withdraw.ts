import type { AuditActor } from '../../../infra/audit/audit.ts';
import type { Tx } from '../../../infra/database/database.ts';
import type { ExchangeDeps } from '../deps.ts';
import { noticePlatforms } from '../notices/send-notices.ts';
import { endApprovals, endRecognitions, type WithdrawnBecause } from './approval-store.ts';

type Withdrawal = {
  readonly entityId: string;
  /** Of this platform alone. */
  readonly platformCode?: string;
  readonly because: WithdrawnBecause;
  readonly actor?: AuditActor;
};

/**
 * Approvals end, and with them whatever other platforms built on them; those are told. The same transaction as the
 * cause: nobody goes on recognising what is no longer so.
 */
export async function withdrawApprovals(
  deps: Pick<ExchangeDeps, 'audit' | 'clock' | 'outbox' | 'random'>,
  tx: Tx,
  { entityId, platformCode, because, actor = { kind: 'system' } }: Withdrawal,
): Promise<void> {
  const at = new Date(deps.clock.now());
  const approvals = await endApprovals(tx, { entityId, platformCode, because, at });
  for (const { id, platform_code, version } of approvals) {
    await deps.audit.record(tx, {
      actor,
      action: 'exchange.end-approval',
      subject: { kind: 'platform-approval', id },
      entity: entityId,
      after: { platform: platform_code, version, because },
    });
  }
  const recognitions = await endRecognitions(tx, { approvals: approvals.map(({ id }) => id), at });
  for (const { id, platform_code, approval_id } of recognitions) {
    await deps.audit.record(tx, {
      actor,
      action: 'exchange.end-recognition',
      subject: { kind: 'recognition', id },
      entity: entityId,
      after: { platform: platform_code, approval: approval_id, because },
    });
    const { record_id: recordId = '' } = approvals.find((one) => one.id === approval_id) ?? {};
    await noticePlatforms(deps, tx, {
      platforms: [platform_code],
      told: { kind: 'recognition.withdraw', entityId, recordId, facts: { recognition: id, because } },
    });
  }
}
