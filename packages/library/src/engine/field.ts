/** What a person reads: Chinese first. */
export type Label = { readonly zh: string; readonly en: string };

export type Option = { readonly code: string; readonly label: Label };

/**
 * A value as JSON holds it. Numbers with decimals are strings in canonical form (`-0.5`, no zeros that say nothing), so
 * that no digit is lost. An empty field is absent from `Values`; `null` is accepted wherever values are read.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | readonly string[]
  | readonly FileValue[]
  | readonly RowValue[]
  | Readonly<Record<string, number>>;
export type Values = Readonly<Record<string, Value | undefined>>;
export type RowValue = Readonly<Record<string, string | null>>;

/** A stored attachment, by content. */
export type FileValue = {
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
  /** As its owner named it. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
};

/** A condition on other fields of the same record, as data: the form, the server and the documentation read it. */
export type Condition =
  | { readonly field: string; readonly is: string | boolean }
  | { readonly field: string; readonly in: readonly string[] }
  | { readonly field: string; readonly filled: boolean }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

export type Choice =
  | { readonly options: readonly Option[] }
  /** A published code list, by its name in `code-lists`. */
  | { readonly codeList: string }
  /** Options that follow from another field of the record. */
  | { readonly dependsOn: string; readonly optionsOf: Readonly<Record<string, readonly Option[]>> };

export type FieldShape =
  | {
      readonly kind: 'text';
      readonly max: number;
      readonly min?: number;
      readonly multiline?: boolean;
      readonly pattern?: { readonly regex: RegExp; readonly says: Label };
    }
  | { readonly kind: 'uscc' | 'mobile' | 'phone' | 'email' | 'url' | 'account-number' }
  /**
   * Number of an identity document. A citizen's identity number (GB 11643-1999) with its check digit while
   * `card` holds, and where that is absent; otherwise the number of a passport or another paper: 4 to 30
   * letters, digits, hyphens and brackets.
   */
  | { readonly kind: 'id-number'; readonly card?: Condition }
  /** YYYY-MM-DD, Asia/Shanghai. */
  | { readonly kind: 'date'; readonly notAfterToday?: boolean }
  | { readonly kind: 'year'; readonly notAfterThisYear?: boolean }
  | {
      readonly kind: 'decimal';
      readonly decimals: number;
      readonly min?: string;
      /** Zero itself is refused. */
      readonly positive?: boolean;
      readonly max?: string;
      readonly unit?: Label;
    }
  | { readonly kind: 'integer'; readonly min?: number; readonly max?: number; readonly unit?: Label }
  | { readonly kind: 'boolean' }
  | ({ readonly kind: 'choice' } & Choice)
  | ({ readonly kind: 'choices'; readonly min?: number } & Choice)
  /** How many of each option, e.g. holders of each registration. */
  | { readonly kind: 'counts'; readonly options: readonly Option[] }
  /** `mediaTypes`: these only, e.g. `image/png` for a photograph. */
  | {
      readonly kind: 'files';
      readonly min?: number;
      readonly max?: number;
      readonly mediaTypes?: readonly string[];
    }
  /**
   * The id of another record of the same entity, of one of those types, in a usable state; `only`: while this holds
   * for the values of the other record too. Held against the store, unless it is as it was before.
   */
  | { readonly kind: 'reference'; readonly to: readonly string[]; readonly only?: Condition }
  /** Short rows of text and dates, e.g. former names with the day of the change. */
  | {
      readonly kind: 'rows';
      readonly max: number;
      readonly columns: readonly {
        readonly name: string;
        readonly label: Label;
        readonly kind: 'text' | 'date';
        readonly required: boolean;
      }[];
    };

/**
 * When a field must be filled: `always`; at those events of the life cycle; while a condition holds; or both of the
 * latter. Absent: never.
 */
export type Requirement = 'always' | { readonly at?: readonly string[]; readonly when?: Condition };

export type Field = FieldShape & {
  readonly name: string;
  readonly label: Label;
  readonly required?: Requirement;
  /** Hidden, and refused when filled, unless it holds. */
  readonly visible?: Condition;
  /** Taken at these events only; the others leave it as it was. `fieldsOf` fills it in from the section. */
  readonly at?: readonly string[];
  /** With `source: 'derived'`: computed while it holds, typed by the user otherwise. Absent: always computed. */
  readonly derivedWhen?: Condition;
  readonly hint?: Label;
  readonly initial?: Value;
  /**
   * Who fills it. `user` where it is absent. `certificate`: taken from a verified certificate. `system`: set by events
   * alone. `derived`: computed from the other fields at every write.
   */
  readonly source?: 'user' | 'certificate' | 'system' | 'derived';
  /** Cannot change once the record has been submitted. */
  readonly fixed?: boolean;
  /**
   * `personal`: sealed at rest, masked in lists, committed to but never written into evidence (names of a person, ID
   * numbers, telephones). `public` where it is absent.
   */
  readonly privacy?: 'public' | 'personal';
};
