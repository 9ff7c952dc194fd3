import { type Field, type FileValue, type Resolve, type SheetColumn, titleOf } from '@hufu/library';
import { sql } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';
import type { Kind } from '../catalogue.ts';
import type { RecordsDeps } from '../deps.ts';
import { usableStates } from '../storage/list-query.ts';
import { COLUMNS, isId, tableOf } from '../storage/record-store.ts';
import { openRow } from '../storage/rows.ts';
import type { StoredRow } from '../storage/tables.ts';

/** What names in a sheet stand for. */
export type Known = Resolve;

const MOST = 20_000;

/** Own records by their titles, and own files by their names: as far as the columns of the sheet ask for them. */
export async function knownNames(
  deps: RecordsDeps,
  executor: Executor,
  asked: { readonly kind: Kind; readonly columns: readonly SheetColumn[]; readonly entityId: string },
): Promise<Known> {
  const fields = asked.columns.map(({ field }) => field);
  const types = new Set(fields.flatMap((field) => (field.kind === 'reference' ? field.to : [])));
  const byType = new Map<string, ReadonlyMap<string, string | undefined>>();
  for (const name of types)
    byType.set(name, await titlesOf(deps, executor, { name, entityId: asked.entityId }));
  const files = fields.some(({ kind }) => kind === 'files')
    ? await deps.filesByName?.(executor, asked.entityId)
    : undefined;
  return {
    file: (name): FileValue | undefined => files?.get(name),
    reference(field: Field, text): string | undefined {
      if (field.kind !== 'reference') return undefined;
      if (isId(text)) return text;
      for (const name of field.to) {
        const id = byType.get(name)?.get(text);
        if (id !== undefined) return id;
      }
      return undefined;
    },
  };
}

/** Title → id; undefined where two have the same: then only the id tells them apart. */
async function titlesOf(
  deps: RecordsDeps,
  executor: Executor,
  { name, entityId }: { readonly name: string; readonly entityId: string },
): Promise<ReadonlyMap<string, string | undefined>> {
  const kind = deps.catalogue.kind(name);
  const { rows } = await sql<StoredRow>`
    select ${COLUMNS} from ${tableOf(kind)}
     where entity_id = ${entityId} and state = any(${usableStates(kind.type)}::text[]) limit ${MOST}`.execute(
    executor,
  );
  const titles = new Map<string, string | undefined>();
  for (const row of rows) {
    const title = titleOf(kind.type, openRow(deps, kind.type, row).values);
    titles.set(title, titles.has(title) ? undefined : row.id);
  }
  return titles;
}
