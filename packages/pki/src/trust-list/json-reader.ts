import { type CodedError, isWellFormed } from '@hufu/kernel';

/**
 * Reads a value that came from outside as JSON, field by field. Every reading names what it expects; anything else,
 * unknown fields included, is refused with the reader's error, whose `path` says where.
 */
export class JsonReader {
  readonly value: unknown;
  readonly path: string;
  readonly #refuse: (path: string) => CodedError;

  constructor(value: unknown, refuse: (path: string) => CodedError, path = '$') {
    this.value = value;
    this.path = path;
    this.#refuse = refuse;
  }

  fail(): never {
    throw this.#refuse(this.path);
  }

  #child(value: unknown, key: string | number): JsonReader {
    return new JsonReader(value, this.#refuse, `${this.path}.${key}`);
  }

  /** The fields of an object, which may have these names and no others. */
  fields<const K extends string>(names: readonly K[]): Record<K, JsonReader> {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.fail();
    const known: ReadonlySet<string> = new Set(names);
    if (Object.keys(value).some((key) => !known.has(key))) this.fail();
    const entries = names.map((name): [K, JsonReader] => [
      name,
      this.#child(Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined, name),
    ]);
    return Object.fromEntries(entries) as Record<K, JsonReader>;
  }

  /** Names and values of an object whose names are data. */
  entries(limit: number): readonly (readonly [string, JsonReader])[] {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.fail();
    const entries = Object.entries(value);
    if (entries.length > limit) this.fail();
    return entries.map(([key, one]) => [key, this.#child(one, key)] as const);
  }

  list(limit: number): readonly JsonReader[] {
    if (!Array.isArray(this.value) || this.value.length > limit) this.fail();
    return this.value.map((one, index) => this.#child(one, index));
  }

  text(limit: number): string {
    if (typeof this.value !== 'string' || this.value.length > limit || !isWellFormed(this.value)) this.fail();
    return this.value;
  }

  matching(pattern: RegExp): string {
    const text = this.text(10_000);
    if (!pattern.test(text)) this.fail();
    return text;
  }

  oneOf<const T extends string>(known: readonly T[]): T {
    const found = known.find((one) => one === this.value);
    return found ?? this.fail();
  }

  integer(least: number, most: number): number {
    const { value } = this;
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most)
      this.fail();
    return value;
  }

  /** RFC 3339 in UTC with milliseconds, as `Date.toISOString` writes it; ms since the epoch. */
  time(): number {
    const text = this.matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const time = Date.parse(text);
    return Number.isNaN(time) || new Date(time).toISOString() !== text ? this.fail() : time;
  }

  boolean(): boolean {
    if (typeof this.value !== 'boolean') this.fail();
    return this.value;
  }

  /** Undefined when the field is absent. */
  optional<T>(read: (reader: JsonReader) => T): T | undefined {
    return this.value === undefined ? undefined : read(this);
  }
}
