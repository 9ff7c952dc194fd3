import type { DeskSeal, SealKind, SealState } from '@hufu/contracts';
import type { AuditActor } from '../../../infra/audit/audit.ts';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { SigningDeps } from '../deps.ts';
import { signingError } from '../errors.ts';
import { changeSeal, type SealChange } from './change-seal.ts';
import { issueSeal } from './issue-seal.ts';
import { pageOfSeals, type SealRow, sealById, updateSeal } from './seal-store.ts';
import { deskSealView } from './views.ts';

export type SealsAsked = {
  readonly state?: SealState;
  readonly kind?: SealKind;
  /** A seal's number or an enterprise's code. */
  readonly text?: string;
  /** Enterprises that the text means by a part of their name or code. */
  readonly enterprises?: readonly string[];
  readonly limit: number;
  readonly offset: number;
};

export type SealOrder = Pick<SealChange, 'id' | 'actor' | 'from' | 'note'>;
export type ApprovedSealStep = { readonly id: string; readonly version: number; readonly actor: AuditActor };

/** What a second person decides upon. */
export type SealSubject = {
  readonly id: string;
  readonly version: number;
  readonly number: string;
  readonly state: SealState;
  readonly unitName: string;
};

/** The desk's side of the register. Steps run in the desk's transaction; who may take them is the desk's to know. */
export type SealDesk = {
  page(asked: SealsAsked): Promise<{ items: DeskSeal[]; total: number }>;
  /** @throws SEAL_UNKNOWN */
  find(id: string): Promise<DeskSeal>;
  /** PNG. @throws SEAL_UNKNOWN, ATTACHMENT_MISSING */
  picture(id: string): ReturnType<SigningDeps['attachments']['open']>;
  /** First person: in order. @throws SEAL_STATE */
  check(tx: Tx, order: SealOrder): Promise<SealSubject>;
  reject(tx: Tx, order: SealOrder): Promise<void>;
  freeze(order: SealOrder): Promise<void>;
  /** The seal as it is now, if the step may be proposed. @throws SEAL_UNKNOWN, SEAL_STATE */
  proposable(id: string, event: 'thaw' | 'revoke'): Promise<SealSubject>;
  issue(tx: Tx, step: ApprovedSealStep): Promise<void>;
  thaw(tx: Tx, step: ApprovedSealStep): Promise<void>;
  revoke(tx: Tx, step: ApprovedSealStep & { readonly note: string }): Promise<void>;
};

const PROPOSED_FROM: Readonly<Record<'thaw' | 'revoke', readonly SealState[]>> = {
  thaw: ['FROZEN'],
  revoke: ['ACTIVE', 'FROZEN'],
};

export function sealDesk(deps: SigningDeps): SealDesk {
  const { db } = deps.database;
  const known = async (id: string): Promise<SealRow> => {
    const row = await sealById(db, id);
    if (row === undefined) throw signingError('SEAL_UNKNOWN');
    return row;
  };
  const subjectOf = async (row: SealRow): Promise<SealSubject> => {
    const { id, version, number, state } = row;
    const enterprise = await deps.records.byId(db, row.enterprise_id);
    return { id, version, number, state, unitName: enterprise?.unitName ?? '' };
  };
  return {
    async page({ text = '', enterprises = [], ...asked }) {
      const number = text.trim().toUpperCase();
      const named = number === '' ? undefined : await deps.records.byUscc(db, number);
      const enterpriseIds = [...enterprises, ...(named === undefined ? [] : [named.id])];
      const filter = number === '' ? {} : { matching: { number, enterpriseIds } };
      const { items, total } = await pageOfSeals(db, { ...asked, ...filter });
      return { items: await Promise.all(items.map((row) => deskSealView(deps, row))), total };
    },
    find: async (id) => deskSealView(deps, await known(id)),
    picture: async (id) => deps.attachments.open((await known(id)).picture_sha256),
    async check(tx, order) {
      const row = await changeSeal(deps, tx, { ...order, event: 'check' });
      const checked = await updateSeal(tx, { row, change: { checked_by: order.actor.id ?? null } });
      const { id, version, number, state } = checked;
      const enterprise = await deps.records.byId(tx, checked.enterprise_id);
      return { id, version, number, state, unitName: enterprise?.unitName ?? '' };
    },
    async reject(tx, order) {
      await changeSeal(deps, tx, { ...order, event: 'reject' });
    },
    async freeze(order) {
      await withTransaction(deps.database, (tx) => changeSeal(deps, tx, { ...order, event: 'freeze' }));
    },
    async proposable(id, event) {
      const row = await known(id);
      if (!PROPOSED_FROM[event].includes(row.state)) throw signingError('SEAL_STATE');
      return subjectOf(row);
    },
    issue: (tx, approved) => issueSeal(deps, tx, approved),
    async thaw(tx, approved) {
      await changeSeal(deps, tx, { ...approved, event: 'thaw' });
    },
    async revoke(tx, approved) {
      await changeSeal(deps, tx, { ...approved, event: 'revoke' });
    },
  };
}
