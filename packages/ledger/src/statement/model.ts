import type { JsonValue } from '@hufu/kernel';

/** What a statement is about. Ids are stable and, for persons, pseudonymous. */
export type Subject = { readonly kind: string; readonly id: string };

/** Who did it: never a name or a number of a person in clear. */
export type Actor = { readonly kind: string; readonly id: string };

export type StatementSpec = {
  /** UUID. */
  readonly id: string;
  /** What happened, such as `binding.created`. */
  readonly type: string;
  readonly subject: Subject;
  /** Number of this statement among those of its subject, from 1. */
  readonly seq: number;
  /** SHA-256, 32 bytes, of the subject's statement before; undefined for the first. */
  readonly prev: Uint8Array | undefined;
  readonly actor: Actor;
  /** Milliseconds since the epoch: when it happened, by the clock of the log's operator. */
  readonly time: number;
  /** What everyone may read. Personal data goes into disclosures. */
  readonly facts: Readonly<Record<string, JsonValue>>;
  /** Commitments of the fields that can be disclosed and erased, from `commitFields`. */
  readonly commitments: readonly string[];
};

/** A parsed statement; `sm3` is the SM3 digest of its canonical form without that member. */
export type Statement = StatementSpec & { readonly sm3: Uint8Array };

export const STATEMENT_VERSION = 'hufu-statement/v1';
