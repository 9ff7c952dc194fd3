/**
 * A state machine as a declared table (requirements §13): what is not listed is refused with the table's own code,
 * and nothing changes.
 */
export type StateRow<State, Event, Facts, Code> = {
  readonly from: readonly State[];
  readonly event: Event;
  /** Checked in order; the first that does not hold names the refusal. */
  readonly guards: readonly { readonly holds: (facts: Facts) => boolean; readonly otherwise: Code }[];
  /** `same`: the event is answered, the state stays. */
  readonly to: State | 'same';
};

export type StateTable<State, Event, Facts, Code> = {
  readonly rows: readonly StateRow<State, Event, Facts, Code>[];
  readonly unlisted: Code;
};

export type Step<State, Code> =
  | { readonly allowed: true; readonly next: State }
  | { readonly allowed: false; readonly code: Code };

export type Happening<State, Event, Facts> = {
  readonly state: State;
  readonly event: Event;
  readonly facts: Facts;
};

export function step<State, Event, Facts, Code>(
  table: StateTable<State, Event, Facts, Code>,
  { state, event, facts }: Happening<State, Event, Facts>,
): Step<State, Code> {
  const row = table.rows.find((one) => one.event === event && one.from.includes(state));
  if (row === undefined) return { allowed: false, code: table.unlisted };
  const failed = row.guards.find((guard) => !guard.holds(facts));
  if (failed !== undefined) return { allowed: false, code: failed.otherwise };
  return { allowed: true, next: row.to === 'same' ? state : row.to };
}
