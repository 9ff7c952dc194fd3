import type { FileValue, Setter } from '@hufu/library';

/** Whom a story is about; what it says of them is made up. */
export type Enterprise = {
  readonly name: string;
  readonly uscc: string;
  readonly legalRepresentative: string;
  /** GB/T 2260. */
  readonly region: string;
  readonly city: string;
  readonly address: string;
  readonly telephone: string;
  readonly founded: string;
  /** 万元. */
  readonly capital: number;
  /** Leaders of its projects, in the order of the story. */
  readonly people: readonly string[];
  /** Names of its projects: general, transport, water, and one of the project library. */
  readonly projects: { readonly [board in 'general' | 'transport' | 'water' | 'onPlatform']: string };
};

/** What a step may look at. */
export type Scene = {
  readonly enterprise: Enterprise;
  /** The id of a record that an earlier step named. */
  id(name: string): string;
  /** So many days from today, YYYY-MM-DD. */
  day(offset: number): string;
  /** A stored paper with that title. */
  paper(title: string): readonly FileValue[];
  /** Number of an identity card of somebody born on that day; no two of one enterprise are the same. */
  card(born: string, sex: 'male' | 'female'): string;
};

/** One event of one record. */
export type Step = {
  readonly type: string;
  readonly event: string;
  /** Absent: a new record. */
  readonly on?: string;
  /** Under this name later steps find it. */
  readonly as?: string;
  readonly parent?: string;
  /** `primary` where it is absent. */
  readonly by?: Setter;
  readonly takes?: (scene: Scene) => Readonly<Record<string, unknown>>;
  readonly reason?: string;
  /** Title of the proof. */
  readonly proof?: string;
  /** Fields that came from elsewhere and stay. */
  readonly locked?: readonly string[];
};
