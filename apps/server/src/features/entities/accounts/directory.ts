import type { EntityKind, EntityRole, EntityState } from '@hufu/contracts';
import type { Executor } from '../../../infra/database/database.ts';
import type { EntityDeps } from '../deps.ts';
import {
  type AccountRow,
  type Applicant,
  accountById,
  accountByUscc,
  accountsByUscc,
  applicantOf,
  idNoOf,
  nameOf,
} from './account-store.ts';

/** What other features may know of an entity of the library. */
export type EntityCard = {
  readonly id: string;
  readonly kind: EntityKind;
  /** A person's name is masked. */
  readonly name: string;
  /** Null: a natural person. */
  readonly uscc: string | null;
  readonly state: EntityState;
  readonly roles: readonly EntityRole[];
  /** By the desk: the entity into which this account was merged. */
  readonly mergedInto: string | null;
};

export type EntityDirectory = {
  byId(executor: Executor, id: string): Promise<EntityCard | undefined>;
  byUscc(executor: Executor, uscc: string): Promise<EntityCard | undefined>;
  /** By their codes; those that are not there are absent. */
  byUsccs(executor: Executor, usccs: readonly string[]): Promise<ReadonlyMap<string, EntityCard>>;
  /** What a certificate or an identity provider has verified, whole: for base information and its checks. */
  verified(
    executor: Executor,
    id: string,
  ): Promise<
    { readonly name: string; readonly uscc: string | null; readonly idNo: string | null } | undefined
  >;
  /** The whole name, also a person's: for what is signed, and for the person. Whoever asks has written down why. */
  fullName(executor: Executor, id: string): Promise<string | undefined>;
  /** Who registered it (F-REG); null when it came by another door. Whoever asks has written down why. */
  applicant(executor: Executor, id: string): Promise<Applicant | null>;
};

export const stateOf = (row: Pick<AccountRow, 'state' | 'frozen_at'>): EntityState =>
  row.frozen_at === null ? row.state : 'FROZEN';

const cardOf = (row: AccountRow): EntityCard => ({
  id: row.id,
  kind: row.kind,
  name: row.name_masked,
  uscc: row.uscc,
  state: stateOf(row),
  roles: row.roles,
  mergedInto: row.merged_into,
});

export const createDirectory = ({ cipher }: Pick<EntityDeps, 'cipher'>): EntityDirectory => ({
  async byId(executor, id) {
    const row = await accountById(executor, id);
    return row && cardOf(row);
  },
  async byUscc(executor, uscc) {
    const row = await accountByUscc(executor, uscc);
    return row && cardOf(row);
  },
  async byUsccs(executor, usccs) {
    const cards = (await accountsByUscc(executor, usccs)).map(cardOf);
    return new Map(cards.flatMap((card) => (card.uscc === null ? [] : [[card.uscc, card]])));
  },
  async verified(executor, id) {
    const row = await accountById(executor, id);
    return row && { name: nameOf(cipher, row), uscc: row.uscc, idNo: idNoOf(cipher, row) };
  },
  async fullName(executor, id) {
    const row = await accountById(executor, id);
    return row && nameOf(cipher, row);
  },
  async applicant(executor, id) {
    const row = await accountById(executor, id);
    return row === undefined ? null : applicantOf(cipher, row);
  },
});
