import type { BaseVersion, FilingForm } from '@hufu/contracts';
import { toBase64Url } from '@hufu/kernel';
import type { z } from 'zod';
import { type Executor, withTransaction } from '../../../infra/database/database.ts';
import { activeEntity } from '../caller/active-entity.ts';
import { type ExchangeDeps, type PlatformBy, platformActor } from '../deps.ts';
import { exchangeError } from '../errors.ts';
import { baseRecord, entityView, sm3Of } from '../mirror/entity-records.ts';
import { approvalByFiling, insertApproval } from './approval-store.ts';
import { withdrawApprovals } from './withdraw.ts';

/** What a review on a platform refers to. @throws EXCHANGE_NOT_ACTIVATED, EXCHANGE_ENTITY_FROZEN, EXCHANGE_UNKNOWN */
export async function showBase(
  deps: ExchangeDeps,
  executor: Executor,
  asked: { readonly uscc: string; readonly platformCode: string },
): Promise<BaseVersion> {
  const entity = await activeEntity(deps, executor, asked);
  const base = await baseRecord(deps, executor, entity);
  if (base === undefined) throw exchangeError('EXCHANGE_UNKNOWN');
  const { id: record, version, state } = base;
  return { entity: entityView(entity), record, version, sm3: sm3Of(base), state };
}

type Filing = { readonly form: z.output<typeof FilingForm>; readonly by: PlatformBy };

/**
 * A platform tells what it decided on an entity's filing. An approval counts for the version that was reviewed, and
 * only if that is the present one. Repeating a decision changes nothing.
 * @throws EXCHANGE_NOT_ACTIVATED, EXCHANGE_ENTITY_FROZEN, EXCHANGE_UNKNOWN, EXCHANGE_VERSION
 */
export async function decideFiling(
  deps: ExchangeDeps,
  { form, by }: Filing,
): Promise<{ filingId: string; approval: string | null }> {
  const { filingId } = form;
  return withTransaction(deps.database, async (tx) => {
    const known = await approvalByFiling(tx, { platformCode: by.code, filingId });
    if (form.decision === 'APPROVED' && known !== undefined) return { filingId, approval: known.id };
    const base = await showBase(deps, tx, { uscc: form.uscc, platformCode: by.code });
    const { id: entityId } = base.entity;
    const current = base.record === form.record && base.version === form.version && base.sm3 === form.sm3;
    if (form.decision === 'APPROVED' && !current) throw exchangeError('EXCHANGE_VERSION');
    await withdrawApprovals(deps, tx, {
      entityId,
      platformCode: by.code,
      because: form.decision === 'APPROVED' ? 'SUPERSEDED' : 'PLATFORM',
      actor: platformActor(by),
    });
    const approval = form.decision === 'APPROVED' ? toBase64Url(deps.random(16)) : null;
    if (approval !== null) {
      await insertApproval(tx, {
        id: approval,
        platformCode: by.code,
        filingId,
        entityId,
        recordId: base.record,
        version: base.version,
        sm3: base.sm3,
        decidedAt: new Date(form.decidedAt),
        at: new Date(deps.clock.now()),
      });
    }
    await deps.audit.record(tx, {
      actor: platformActor(by),
      action: 'exchange.decide-filing',
      subject: { kind: 'filing', id: `${entityId}:${by.code}` },
      entity: entityId,
      after: { filing: filingId, decision: form.decision, version: form.version, sm3: form.sm3, approval },
      origin: by.from,
    });
    return { filingId, approval };
  });
}
