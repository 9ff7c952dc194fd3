import {
  type Arising,
  CODE_LIST_NAMES,
  decide,
  EXAMPLE_DAY,
  exampleValues,
  fieldOf,
  findEvent,
  isComputed,
  keepCodeList,
  loadCodeList,
  NONE,
  type RecordType,
  readNeeds,
  readTaken,
  type Setter,
  type Values,
} from '../../src/index.ts';

// As a server does before it serves.
for (const name of CODE_LIST_NAMES) keepCodeList(await loadCodeList(name));

/** A record of a type, as a store would hold it. */
export type Held = {
  readonly type: RecordType;
  readonly state: string;
  readonly values: Values;
  readonly system: Values;
  readonly locked?: readonly string[];
  readonly settled?: boolean;
};

type Try = {
  /** What is sent over what the record has; all of it where `whole`. */
  readonly send?: Values;
  readonly whole?: true;
  readonly by?: Setter;
  readonly answers?: Readonly<Record<string, boolean>>;
  readonly references?: Readonly<Record<string, Values>>;
  readonly reason?: string;
  /** From a verified certificate. */
  readonly given?: Values;
  readonly proof?: readonly object[];
};

type Outcome =
  | {
      readonly ok: true;
      readonly held: Held;
      readonly arising: readonly Arising[];
      readonly warnings: string[];
    }
  | { readonly ok: false; readonly refused: readonly string[] };

export const PDF = {
  sha256: 'a'.repeat(64),
  name: '证明.pdf',
  size: 1024,
  mediaType: 'application/pdf',
};
export const OWNER = { name: '江苏虎符建设有限公司', uscc: '91320100MA1X00025T' };
export const TODAY = EXAMPLE_DAY;

export const unborn = (type: RecordType): Held => ({ type, state: NONE, values: {}, system: {} });

/** What a form sends: computed fields are shown, not sent. */
const typed = (type: RecordType, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([name]) => {
      const field = fieldOf(type, name);
      return field === undefined || !isComputed(field, values);
    }),
  );

const codes = (issues: readonly { path: string; code: string; severity: string }[]): string[] =>
  issues.map(({ path, code }) => `${path} ${code}`);

/** One event, as the server performs it: what was sent is read, then the life cycle decides. */
export function press(held: Held, name: string, sent: Try = {}): Outcome {
  const { type, state } = held;
  const event = findEvent(type, name, state) ?? findEvent(type, name);
  const context = {
    today: TODAY,
    entity: OWNER,
    system: held.system,
    ...(state === NONE ? {} : { before: held.values, settled: held.settled ?? false }),
    ...(sent.given === undefined ? {} : { given: sent.given }),
    ...(held.locked === undefined ? {} : { locked: held.locked }),
  };
  const takesValues = event?.takes !== undefined && 'values' in event.takes;
  const raw =
    takesValues && sent.whole !== true ? { ...typed(type, held.values), ...sent.send } : (sent.send ?? {});
  const read = event === undefined ? undefined : readTaken(type, raw, { ...context, of: event });
  const needs =
    event === undefined
      ? undefined
      : readNeeds(event, {
          ...(event.needs?.reason === true ? { reason: sent.reason ?? '资料有误' } : {}),
          ...(event.needs?.proof === true ? { proof: sent.proof ?? [PDF] } : {}),
        });
  const allowed = findEvent(type, name, state) !== undefined;
  if (allowed && read?.ok === false) {
    return { ok: false, refused: codes(read.issues.filter(({ severity }) => severity === 'error')) };
  }
  if (allowed && needs?.ok === false) return { ok: false, refused: codes(needs.issues) };
  const decision = decide(type, {
    state,
    event: name,
    by: sent.by ?? 'primary',
    id: 'record-1',
    facts: {
      values: takesValues && read?.ok === true ? read.values : held.values,
      system: held.system,
      today: TODAY,
      answers: sent.answers ?? {},
      taken: !takesValues && read?.ok === true ? read.values : {},
      references: sent.references ?? {},
    },
  });
  if (!decision.ok) return { ok: false, refused: [decision.code] };
  return {
    ok: true,
    arising: decision.arising,
    warnings: read?.ok === true ? codes(read.warnings) : [],
    held: {
      ...held,
      state: decision.to,
      values: decision.values,
      system: decision.system,
      settled:
        held.settled === true || decision.event.name === 'submit' || decision.event.name === 'complete',
    },
  };
}

/** As `press`; what must succeed. */
export function done(held: Held, name: string, sent: Try = {}): Held {
  const outcome = press(held, name, sent);
  if (!outcome.ok) throw new Error(`${held.type.name} ${name}: ${outcome.refused.join(', ')}`);
  return outcome.held;
}

export const refusedWith = (held: Held, name: string, sent: Try = {}): readonly string[] => {
  const outcome = press(held, name, sent);
  return outcome.ok ? [] : outcome.refused;
};

/** Complete values of a type that keep every rule. */
export const example = (type: RecordType, event?: string): Values =>
  typed(type, exampleValues(type, { seed: 7, entity: OWNER, ...(event === undefined ? {} : { event }) }));
