import type { ExchangeRecord, MirrorPackage } from '@hufu/contracts';
import { fieldsOf, labelOf, RECORD_TYPES, stateOf, type Values } from '@hufu/library';

/** The platform's copy of an entity's information (诚信库): replaced as a whole, never edited (PLAT-014, PLAT-015). */
export type Mirror = {
  readonly package: MirrorPackage;
  /** Who entered the sync code. */
  readonly operator: string;
};

/** A performance that was used for a tender here, as it was returned to the library. */
export type Use = {
  readonly callbackId: string;
  readonly performance: string;
  readonly title: string;
  readonly tenderNo: string;
  readonly useStatus: string;
  readonly usedAt: string;
  readonly useCount: number;
};

export type ShownRecord = {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly state: string;
  readonly rows: readonly { readonly label: string; readonly value: string }[];
};

/** A record for people, by its declaration; a type that this platform does not know yet shows its title alone. */
export function shownRecord({ id, type: name, title, state, values }: ExchangeRecord): ShownRecord {
  const type = RECORD_TYPES.find((one) => one.name === name);
  if (type === undefined) return { id, kind: name, title, state, rows: [] };
  const typed = values as Values;
  const rows = fieldsOf(type)
    .filter(({ kind }) => kind !== 'files' && kind !== 'reference')
    .map((field) => ({
      label: field.label.zh,
      value: labelOf(field, typed[field.name], { language: 'zh', values: typed }),
    }))
    .filter(({ value }) => value !== '');
  return { id, kind: type.label.zh, title, state: stateOf(type, state)?.label.zh ?? state, rows };
}
