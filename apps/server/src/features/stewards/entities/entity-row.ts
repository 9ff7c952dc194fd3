import type { EntityRole, EntityState, StewardEntity } from '@hufu/contracts';
import { sql } from 'kysely';

/** An account with what the desk's lists show beside it. */
export type EntityRow = {
  readonly id: string;
  readonly kind: 'ORGANISATION' | 'NATURAL_PERSON';
  readonly name_masked: string;
  readonly uscc: string | null;
  readonly state: 'REGISTERED_SIMPLE' | 'ACTIVE';
  readonly roles: readonly EntityRole[];
  readonly region: string | null;
  readonly frozen_at: Date | null;
  readonly merged_into: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly activated_at: Date | null;
  readonly last_login_at: Date | null;
};

export const ENTITY_COLUMNS = sql.raw(
  `l.id, l.kind, l.name_masked, e.uscc, l.state, l.roles, coalesce(o.f_region, n.f_region) as region, l.frozen_at,
   l.merged_into, l.created_at, l.updated_at, l.activated_at, l.last_login_at`,
);

/** Base information is one record at most, so that no entity comes twice. */
export const ENTITY_TABLES = sql.raw(
  `library_entity l
   join entity e on e.id = l.id
   left join library_organisation o on o.entity_id = l.id
   left join library_natural_person n on n.entity_id = l.id`,
);

export const stateOf = (row: Pick<EntityRow, 'state' | 'frozen_at'>): EntityState =>
  row.frozen_at === null ? row.state : 'FROZEN';

const stamp = (at: Date | null): string | null => at?.toISOString() ?? null;

export const entityOf = (row: EntityRow): StewardEntity => ({
  id: row.id,
  kind: row.kind,
  name: row.name_masked,
  uscc: row.uscc,
  state: stateOf(row),
  roles: [...row.roles],
  region: row.region,
  mergedInto: row.merged_into,
  registeredAt: row.created_at.toISOString(),
  activatedAt: stamp(row.activated_at),
  lastLoginAt: stamp(row.last_login_at),
});
