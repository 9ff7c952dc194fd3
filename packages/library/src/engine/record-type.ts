import type { Condition, Field, Label, Value, Values } from './field.ts';

/** Before a record is, and after it was deleted as a draft. */
export const NONE = 'none';
/** As `to` of an event: the state stays as it is. */
export const SAME = 'same';

export type Tone = 'draft' | 'good' | 'warning' | 'ended';

export type State = {
  readonly name: string;
  readonly label: Label;
  readonly tone: Tone;
  /** May be used in bidding (GEN-007, OD-20). */
  readonly usable?: boolean;
  /** Kept as trace, out of uniqueness and counts of what is valid (GEN-005). */
  readonly ended?: boolean;
};

/** What a guard may look at. All of it is read in the transaction of the event. */
export type Facts = {
  readonly values: Values;
  readonly system: Values;
  /** Shanghai's day, YYYY-MM-DD. */
  readonly today: string;
  /** Answers of the questions that the event asks, e.g. `leads-ongoing-project`. */
  readonly answers: Readonly<Record<string, boolean>>;
  /** What the event took; empty where it takes nothing. */
  readonly taken: Values;
  /** Values of the records that the reference fields of `values` and `taken` point to, by the field's name. */
  readonly references: Readonly<Record<string, Values>>;
};

export type Guard = {
  /** Code of the package's error register. */
  readonly otherwise: string;
  readonly holds: (facts: Facts) => boolean;
};

/** Who sets an event off. `system`: no person, no address of its own. */
export type Setter = 'primary' | 'system' | 'platform';

/**
 * One step of a life cycle (requirements §13). What is not listed is refused with `LIB_STATE`, and nothing changes.
 */
export type Event = {
  /** Several events may share a name as long as no state is in the `from` of two of them. */
  readonly name: string;
  /** Text of its button, exactly as the manual has it; absent for what no person presses. */
  readonly button?: Label;
  /** Title of its dialog; the button's where it is absent. */
  readonly dialog?: Label;
  /** Text of the dialog's button, e.g. 确定, 保存, 提交, 立即提交. */
  readonly confirm?: Label;
  readonly from: readonly string[];
  /** `NONE` deletes the draft; `SAME` leaves the state. */
  readonly to: string;
  readonly by: readonly Setter[];
  readonly guards?: readonly Guard[];
  /** Questions to ask the store before the guards, by name. */
  readonly asks?: readonly string[];
  /**
   * What the caller sends. `values`: all fields of the user (`complete: false` takes a draft as it is);
   * `fields`: these fields only; nothing where it is absent.
   */
  readonly takes?:
    | { readonly values: true; readonly complete: boolean }
    | { readonly fields: readonly Field[] };
  /** Written down with the event (GEN-006). */
  readonly needs?: { readonly reason?: true; readonly proof?: true };
  /** System fields that it sets. */
  readonly sets?: (facts: Facts) => Values;
  /** Fields of the user that it sets, from what it took. */
  readonly moves?: (facts: Facts, taken: Values) => Values;
  /** Further records that arise, in the same transaction. It sees values and system fields as the event leaves them. */
  readonly arises?: (facts: Facts & { readonly id: string }) => readonly Arising[];
};

export type Arising = {
  readonly type: string;
  readonly event: string;
  readonly values: Values;
  readonly system?: Values;
};

export type LifeCycle = {
  readonly states: readonly State[];
  readonly events: readonly Event[];
};

/** A rule over several fields. */
export type Check = {
  /** Code of the package's error register; as a warning it is told and refuses nothing. */
  readonly code: string;
  readonly says: Label;
  /** Where it is shown. */
  readonly fields: readonly string[];
  readonly severity: 'error' | 'warning';
  /** At these events only; at every one that takes complete values where it is absent. */
  readonly at?: readonly string[];
  /** Is also asked about drafts' leftovers: a value that it needs may be absent, and then it holds. */
  readonly holds: (facts: CheckFacts) => boolean;
  /** Values that break it, made from values that keep it: the generated tests try them. */
  readonly breaks?: (values: Values) => Values;
};

export type CheckFacts = Pick<Facts, 'values' | 'system' | 'today'> & { readonly entity: EntityFacts };

/** What a check may know of the owner. */
export type EntityFacts = { readonly name: string; readonly uscc: string | null };

export type Unique = {
  /** Among the entity's records of this type that have not ended. */
  readonly fields: readonly string[];
  readonly when?: Condition;
  readonly code: string;
  readonly says: Label;
};

export type Section = {
  readonly name: string;
  readonly label: Label;
  /** Shown and required in this condition only. */
  readonly when?: Condition;
  /** In the forms of these events only; the others leave its fields as they were. A detail shows what is filled. */
  readonly at?: readonly string[];
  readonly fields: readonly Field[];
};

/** One kind of record: everything that is particular to it. */
export type RecordType = {
  /** kebab-case; part of the address, of the table's name and of the statements. */
  readonly name: string;
  readonly label: Label;
  /** Title of the dialog that adds one, and text of the button that opens it. */
  readonly adding?: { readonly button: Label; readonly dialog: Label };
  readonly owner: 'organisation' | 'natural-person' | 'either';
  /** A record of that type to which each of these belongs. */
  readonly parent?: string;
  /** One a record's owner, not many: base information. */
  readonly single?: true;
  readonly sections: readonly Section[];
  readonly lifeCycle: LifeCycle;
  readonly checks?: readonly Check[];
  readonly unique?: readonly Unique[];
  /** The fields with `source: 'derived'`. What it leaves out is empty. Values of a draft may be absent. */
  readonly derive?: (values: Values) => Values;
  /** System fields beside the state: set by events, shown, filtered, never typed. Their `initial` is set at birth. */
  readonly system?: readonly Field[];
  /** The field that names a record in lists, references and search. */
  readonly title: string;
  /** The field after which the paper no longer holds. */
  readonly expires?: string;
  readonly list: {
    /** At most six beside the state; each becomes a typed column. */
    readonly columns: readonly string[];
    readonly filters: readonly string[];
    /** A field, with `-` for the greatest first; `-updatedAt` where it is absent. */
    readonly sort?: string;
  };
  /** Values at the birth of a record, beside those of the fields. */
  readonly initial?: Readonly<Record<string, Value>>;
  /**
   * Makes generated values agree with the checks over several fields, where plain ones would not (e.g. a sum). Examples
   * feed the generated tests, the demo and the load generator.
   */
  readonly example?: (values: Values) => Values;
  /** Rows of the manual and of the requirements that it stands for. */
  readonly requirements: readonly string[];
};

/** An entry of the library's menu: one type, or several as boards. */
export type Module = {
  readonly name: string;
  readonly label: Label;
  readonly types: readonly RecordType[];
  /** What a person should know of it before they begin. */
  readonly hint?: Label;
  readonly order: number;
};
