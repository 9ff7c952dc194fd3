import type { Mapping, MappingForm, MappingRow } from '@hufu/contracts';
import type { z } from 'zod';
import { withTransaction } from '../../../infra/database/database.ts';
import type { DeskBy, ExchangeDeps } from '../deps.ts';
import { exchangeError } from '../errors.ts';
import { existingPlatform } from '../registration/change-registration.ts';
import { libraryNode } from './library-nodes.ts';
import { mappingOf, updateMapping } from './mapping-store.ts';

type Change = { readonly code: string; readonly form: z.output<typeof MappingForm>; readonly by: DeskBy };

/** @throws EXCHANGE_UNKNOWN, EXCHANGE_MAPPING, EXCHANGE_STALE */
export async function changeMapping(deps: ExchangeDeps, { code, form, by }: Change): Promise<Mapping> {
  checkRows(form.rows);
  return withTransaction(deps.database, async (tx) => {
    await existingPlatform(deps, tx, code);
    const before = await mappingOf(tx, code);
    const at = new Date(deps.clock.now());
    const taken = await updateMapping(tx, { platformCode: code, version: form.version, rows: form.rows, at });
    if (!taken) throw exchangeError('EXCHANGE_STALE');
    await deps.audit.record(tx, {
      actor: by.actor,
      action: 'exchange.map',
      subject: { kind: 'exchange-mapping', id: code },
      before: { version: before.version, rows: before.rows.map(({ label: _, ...row }) => row) },
      after: { version: form.version + 1, rows: form.rows },
      reason: form.reason,
      ...(by.from ? { origin: by.from } : {}),
    });
    return mappingOf(tx, code);
  });
}

/** Known directories, each once; whoever loses a file is told where it could go (F-DIRMAP). */
function checkRows(rows: readonly MappingRow[]): void {
  const wrong = rows.filter(
    ({ libNode, platformNode, hint }, at) =>
      libraryNode(libNode) === undefined ||
      rows.findIndex((other) => other.libNode === libNode) !== at ||
      (platformNode === null && hint === null),
  );
  if (wrong.length > 0) {
    throw exchangeError('EXCHANGE_MAPPING', { nodes: wrong.map(({ libNode }) => libNode) });
  }
}
