import type { Mapping, MappingRow, MappingTrial, MappingTrialForm } from '@hufu/contracts';
import { shanghaiParts } from '@hufu/kernel';
import type { z } from 'zod';
import type { RecordRow } from '../../records/index.ts';
import type { ExchangeDeps } from '../deps.ts';
import { exchangeError } from '../errors.ts';
import { weighCompleteness } from '../mirror/completeness.ts';
import { libraryRecords } from '../mirror/entity-records.ts';
import { lastPulledAt } from '../mirror/pull-store.ts';
import type { EntityCard } from '../ports.ts';
import { existingPlatform } from '../registration/change-registration.ts';
import { mappingOf } from './mapping-store.ts';
import { changesOf, faultsOf } from './weigh-rows.ts';

type Placement = NonNullable<MappingTrial['entity']>['before'];
type Totals = MappingTrial['sample']['before'];
type Asked = { readonly code: string; readonly form: z.output<typeof MappingTrialForm> };
type Both<T> = { readonly before: T; readonly after: T };

/** Entities that a mapping is tried on beside the one that was asked for. */
const SAMPLE = 20;

/**
 * What a mapping would change: the rows themselves, and how the files of entities that synced to the platform would
 * fall (PLAT-030, PLAT-033). Counts alone: names of files are the entity's.
 * @throws EXCHANGE_UNKNOWN
 */
export async function tryMapping(deps: ExchangeDeps, { code, form }: Asked): Promise<MappingTrial> {
  const { db } = deps.database;
  const platform = await existingPlatform(deps, db, code);
  const { rows: present } = await mappingOf(db, platform);
  const weigh = async (card: EntityCard): Promise<Both<Placement>> => {
    const records = await libraryRecords(deps, db, card);
    const today = shanghaiParts(deps.clock.now()).date;
    const under = (mapping: readonly MappingRow[]) => placementOf(records, { mapping, today });
    return { before: under(present), after: under(form.rows) };
  };
  const sample: Both<Placement>[] = [];
  for (const id of await lastPulledAt(db, { platformCode: code, limit: SAMPLE })) {
    const card = await deps.entities.byId(db, id);
    if (card !== undefined) sample.push(await weigh(card));
  }
  return {
    faults: faultsOf(form.rows),
    changes: changesOf(present, form.rows),
    sample: {
      entities: sample.length,
      before: totalsOf(sample.map(({ before }) => before)),
      after: totalsOf(sample.map(({ after }) => after)),
    },
    entity: form.entity === undefined ? null : await tried(deps, form.entity, weigh),
  };
}

async function tried(
  deps: Pick<ExchangeDeps, 'entities' | 'database'>,
  id: string,
  weigh: (card: EntityCard) => Promise<Both<Placement>>,
): Promise<MappingTrial['entity']> {
  const card = await deps.entities.byId(deps.database.db, id);
  if (card === undefined) throw exchangeError('EXCHANGE_UNKNOWN');
  return { id: card.id, name: card.name, ...(await weigh(card)) };
}

type By = { readonly mapping: readonly MappingRow[] | Mapping['rows']; readonly today: string };

function placementOf(records: readonly RecordRow[], { mapping, today }: By): Placement {
  const { files, report } = weighCompleteness({ records, mapping, today });
  const placed = counted(files, ({ libraryNode, platformNode }) => ({ libraryNode, platformNode }));
  const unmapped = counted(report.unmapped, ({ libraryNode, hint }) => ({ libraryNode, hint }));
  return { complete: report.complete, placed, unmapped, missing: report.missing };
}

/** Equal ones together, in the order in which they come. */
function counted<T, K extends object>(all: readonly T[], of: (one: T) => K): (K & { files: number })[] {
  const found = new Map<string, K & { files: number }>();
  for (const one of all) {
    const key = of(one);
    const name = JSON.stringify(key);
    found.set(name, { ...key, files: (found.get(name)?.files ?? 0) + 1 });
  }
  return [...found.values()];
}

const sum = (all: readonly { readonly files: number }[]): number =>
  all.reduce((total, { files }) => total + files, 0);

const totalsOf = (all: readonly Placement[]): Totals => ({
  complete: all.filter(({ complete }) => complete).length,
  placed: all.reduce((total, { placed }) => total + sum(placed), 0),
  unmapped: all.reduce((total, { unmapped }) => total + sum(unmapped), 0),
  missing: all.reduce((total, { missing }) => total + missing.length, 0),
});
