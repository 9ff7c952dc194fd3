import { type Event, eventsFrom, NONE, type RecordType } from '@hufu/library';

/** Whether a step needs the whole form rather than a dialog. */
export const takesValues = ({ takes }: Event): boolean => takes !== undefined && 'values' in takes;

const keepsDraft = ({ takes }: Event): boolean => takes !== undefined && 'values' in takes && !takes.complete;

/** Cannot be undone: vermilion, and it says what will happen. */
export const destroys = ({ name, to }: Event): boolean => name === 'void' || to === NONE;

/** A form: the step that completes it, and the one that keeps it as a draft meanwhile. */
export type FormSteps = { readonly event: Event; readonly draft: Event | undefined };

/**
 * The forms that can be opened in a state. Steps under one title share a form, e.g. 「在建项目维护」 with its draft; one
 * that can only be kept as a draft is a form of its own.
 * @param allowed names of events that the server says may be set off; absent: what the state allows
 */
export function formsFrom(
  type: RecordType,
  state: string,
  allowed?: readonly string[],
): readonly FormSteps[] {
  const open = eventsFrom(type, state, 'primary').filter(
    (event) => takesValues(event) && (allowed === undefined || allowed.includes(event.name)),
  );
  const forms = new Map<string, FormSteps>();
  for (const event of open) {
    const title = event.dialog?.zh ?? event.name;
    const known = forms.get(title);
    if (known === undefined) forms.set(title, { event, draft: undefined });
    else if (keepsDraft(known.event)) forms.set(title, { event, draft: known.event });
    else forms.set(title, { event: known.event, draft: event });
  }
  return [...forms.values()];
}

type Opening = { readonly state: string; readonly event: string; readonly allowed?: readonly string[] };

/** The form of one step, as an address names it. */
export const formOf = (type: RecordType, { state, event, allowed }: Opening): FormSteps | undefined =>
  formsFrom(type, state, allowed).find((form) => form.event.name === event || form.draft?.name === event);

/** The steps without a form that a person may press now. */
export const dialogsFrom = (type: RecordType, state: string, allowed: readonly string[]): readonly Event[] =>
  eventsFrom(type, state, 'primary').filter(
    (event) => event.button !== undefined && allowed.includes(event.name) && !takesValues(event),
  );

/** What the button that opens a form says, e.g. 「编辑」, 「在建项目维护」. */
export const buttonOf = ({ event, draft }: FormSteps): Event['button'] => draft?.button ?? event.button;
