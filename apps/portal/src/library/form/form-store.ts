import { type Issue, isFilled, type Value, type Values } from '@hufu/library';
import { useSyncExternalStore } from 'react';

/** What stands in a form at one moment. A part that did not change keeps its identity. */
export type FormState = {
  readonly values: Values;
  /** Somebody typed since it was opened, or since it was filled anew. */
  readonly typed: boolean;
  /** What the rules say of the values as they stand. */
  readonly found: readonly Issue[];
  /** What the server said of the values as they were sent; a field's falls away when it is changed. */
  readonly refused: readonly Issue[];
  /** Fields that were left at least once. */
  readonly left: ReadonlySet<string>;
  /** How often one tried to send. */
  readonly attempts: number;
  /** Uploads that are still under way, by field. */
  readonly busy: ReadonlySet<string>;
  /** What is to be shown now, by field. */
  readonly shown: ShownIssues;
};
export type ShownIssues = ReadonlyMap<string, readonly Issue[]>;

/** The rules of a form: what follows from the values, and what is wrong with them. */
export type FormRules = {
  readonly derive: (values: Values) => Values;
  readonly check: (values: Values) => readonly Issue[];
};

export type FormStore = {
  readonly read: () => FormState;
  readonly listen: (listener: () => void) => () => void;
  readonly set: (name: string, value: Value) => void;
  /** Other values, with what was typed so far among them. */
  readonly fill: (values: Values) => void;
  /** Back to these values, as if nothing had been typed. */
  readonly forget: (values: Values) => void;
  readonly leave: (name: string) => void;
  readonly setBusy: (name: string, busy: boolean) => void;
  /** An attempt to send: from now on everything that is wrong is shown. */
  readonly attempt: () => readonly Issue[];
  readonly refuse: (issues: readonly Issue[]) => void;
};

/** A form's values outside React: a key pressed draws its own field anew, not the form. */
export function createFormStore(initial: Values, { derive, check }: FormRules): FormStore {
  const listeners = new Set<() => void>();
  const completed = (values: Values) => {
    const whole = derive(values);
    return { values: whole, found: check(whole) };
  };
  let state: FormState = {
    ...completed(initial),
    typed: false,
    refused: [],
    left: new Set(),
    attempts: 0,
    busy: new Set(),
    shown: new Map(),
  };
  const change = (part: Partial<FormState>) => {
    const next = { ...state, ...part };
    state = { ...next, shown: kept(state.shown, shownIssues(next)) };
    for (const listener of listeners) listener();
  };
  return {
    read: () => state,
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (name, value) => {
      const others = state.refused.filter((issue) => topOf(issue.path) !== name);
      change({ ...completed({ ...state.values, [name]: value }), refused: others, typed: true });
    },
    fill: (values) => change({ ...completed(values), refused: [] }),
    forget: (values) => change({ ...completed(values), refused: [], typed: false }),
    leave: (name) => {
      if (!state.left.has(name)) change({ left: new Set([...state.left, name]) });
    },
    setBusy: (name, busy) => {
      if (state.busy.has(name) === busy) return;
      const next = new Set(state.busy);
      if (busy) next.add(name);
      else next.delete(name);
      change({ busy: next });
    },
    attempt: () => {
      change({ attempts: state.attempts + 1 });
      return state.found.filter((issue) => issue.severity === 'error');
    },
    refuse: (issues) => change({ refused: issues, attempts: state.attempts + 1 }),
  };
}

/** `rows.2.date` → `rows`. */
export const topOf = (path: string): string => path.split('.', 1)[0] ?? path;

/** Everything after an attempt; before it, only what is wrong with a field that was filled and left. */
function shownIssues({ found, refused, left, attempts, values }: FormState): readonly Issue[] {
  if (attempts > 0) return [...refused, ...found];
  return found.filter(({ path }) => left.has(topOf(path)) && isFilled(values[topOf(path)]));
}

/** By field; a field whose issues are as before keeps its list, so that it is not drawn anew. */
function kept(before: ShownIssues, issues: readonly Issue[]): ShownIssues {
  const byField = new Map<string, readonly Issue[]>();
  for (const issue of issues) {
    const field = topOf(issue.path);
    byField.set(field, [...(byField.get(field) ?? []), issue]);
  }
  for (const [field, now] of byField) {
    const old = before.get(field);
    if (old !== undefined && isSame(old, now)) byField.set(field, old);
  }
  return byField;
}

const isSame = (one: readonly Issue[], other: readonly Issue[]): boolean =>
  one.length === other.length &&
  one.every(({ path, says }, at) => path === other[at]?.path && says.zh === other[at]?.says.zh);

/** A part of the form's state; `select` must give back the same thing while its part has not changed. */
export function useFormPart<T>(store: FormStore, select: (state: FormState) => T): T {
  return useSyncExternalStore(store.listen, () => select(store.read()));
}

export const NO_ISSUES: readonly Issue[] = [];
