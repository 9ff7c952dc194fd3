import type { ExchangeEntity, ExchangeRecord } from '@hufu/contracts';
import { toHex } from '@hufu/kernel';
import { RECORD_TYPES, type RecordType, recordType, usable } from '@hufu/library';
import type { Executor } from '../../../infra/database/database.ts';
import { digestOf, type RecordRow } from '../../records/index.ts';
import type { ExchangeDeps } from '../deps.ts';
import type { EntityCard } from '../ports.ts';

/** Base information of an entity: one record. */
export const BASE_TYPE = {
  ORGANISATION: 'organisation',
  NATURAL_PERSON: 'natural-person',
} as const satisfies Record<EntityCard['kind'], string>;

const PAGE = 1_000;

/** Types of which an entity of this kind may have records that can be used, base information apart. */
export const usableTypes = (kind: EntityCard['kind']): readonly RecordType[] =>
  RECORD_TYPES.filter(
    ({ owner, single, lifeCycle }) =>
      single !== true &&
      owner !== (kind === 'ORGANISATION' ? 'natural-person' : 'organisation') &&
      lifeCycle.states.some((state) => state.usable),
  );

type Asked = { readonly entityId: string; readonly types: readonly string[] };

/** All that may be used in bidding (GEN-007), whole. */
export async function allUsable(
  deps: Pick<ExchangeDeps, 'records'>,
  executor: Executor,
  { entityId, types }: Asked,
): Promise<RecordRow[]> {
  const all: RecordRow[] = [];
  for (;;) {
    const after = all.at(-1)?.id;
    const page = await deps.records.usable(executor, {
      entityId,
      types,
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}

/** The entity's base information, if it has been submitted. */
export async function baseRecord(
  deps: Pick<ExchangeDeps, 'records'>,
  executor: Executor,
  { id, kind }: Pick<EntityCard, 'id' | 'kind'>,
): Promise<RecordRow | undefined> {
  const type = RECORD_TYPES.find(({ name }) => name === BASE_TYPE[kind]);
  const row = type && (await deps.records.single(executor, { entityId: id, type: type.name }));
  return row && type && usable(type, row.state) ? row : undefined;
}

/** What a platform may mirror of an entity (PLAT-014): its base information first. */
export async function libraryRecords(
  deps: Pick<ExchangeDeps, 'records'>,
  executor: Executor,
  entity: Pick<EntityCard, 'id' | 'kind'>,
): Promise<RecordRow[]> {
  const base = await baseRecord(deps, executor, entity);
  const types = usableTypes(entity.kind).map(({ name }) => name);
  const usable = await allUsable(deps, executor, { entityId: entity.id, types });
  return base === undefined ? usable : [base, ...usable];
}

/** As the evidence of the version has it. */
export const sm3Of = (row: RecordRow): string => toHex(digestOf(recordType(row.type), row));

export const recordView = (row: RecordRow): ExchangeRecord => ({
  id: row.id,
  type: row.type,
  parent: row.parentId,
  version: row.version,
  state: row.state,
  title: row.title,
  values: row.values,
  system: row.system,
  locked: [...row.locked],
  sm3: sm3Of(row),
});

export const entityView = ({ id, kind, name, uscc, roles }: EntityCard): ExchangeEntity => ({
  id,
  kind,
  name,
  uscc,
  roles: [...roles],
});
