import type { MappingForm, MappingRow } from '@hufu/contracts';
import { MappingRow as Row } from '@hufu/contracts';
import { z } from 'zod';
import type { ApprovalKind, Proposal } from '../../desk/index.ts';
import type { ExchangeDeps } from '../deps.ts';
import { exchangeError } from '../errors.ts';
import { existingPlatform } from '../registration/change-registration.ts';
import { mappingOf, updateMapping } from './mapping-store.ts';
import { changesOf, mustHold } from './weigh-rows.ts';

type Asked = { readonly code: string; readonly form: z.output<typeof MappingForm> };

/** As the second person reads it. */
function described(row: MappingRow | null): string | null {
  if (row === null) return null;
  if (row.platformNode === null) return `不同步：${row.hint ?? ''}`;
  return row.required ? `${row.platformNode}（必填）` : row.platformNode;
}

/** @throws EXCHANGE_UNKNOWN, EXCHANGE_MAPPING, EXCHANGE_STALE, EXCHANGE_UNCHANGED */
export async function mappingProposal(
  deps: Pick<ExchangeDeps, 'platforms' | 'database'>,
  { code, form }: Asked,
): Promise<Proposal> {
  const { db } = deps.database;
  mustHold(form.rows);
  const platform = await existingPlatform(deps, db, code);
  const { version, rows } = await mappingOf(db, platform);
  if (version !== form.version) throw exchangeError('EXCHANGE_STALE');
  const changes = changesOf(rows, form.rows);
  if (changes.length === 0) throw exchangeError('EXCHANGE_UNCHANGED');
  return {
    kind: 'MAPPING_CHANGE',
    subject: code,
    subjectState: `${code}#mapping-${version}`,
    summary: `修改电子件目录映射：${platform.name}，${changes.length}个目录`,
    changes: changes.map(({ label, before, after }) => ({
      field: label,
      before: described(before),
      after: described(after),
    })),
    payload: { code, version, rows: form.rows },
  };
}

const Payload = z.object({ code: z.string(), version: z.int(), rows: z.array(Row) });

/** What the second person's yes does: the next pull follows (PLAT-033). */
export const mappingChanged = (deps: ExchangeDeps): ApprovalKind => ({
  async apply(tx, { row, actor }) {
    const { code, version, rows } = Payload.parse(row.payload);
    mustHold(rows);
    const platform = await existingPlatform(deps, tx, code);
    const before = await mappingOf(tx, platform);
    const taken = await updateMapping(tx, {
      platform,
      version,
      rows,
      reason: row.reason,
      approval: row.id,
      at: new Date(deps.clock.now()),
    });
    if (!taken) throw exchangeError('EXCHANGE_STALE');
    await deps.audit.record(tx, {
      actor,
      action: 'exchange.map',
      subject: { kind: 'exchange-mapping', id: code },
      before: { version: before.version, rows: before.rows.map(({ label: _, ...one }) => one) },
      after: { version: version + 1, rows },
      reason: row.reason,
    });
  },
});
