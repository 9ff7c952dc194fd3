import type { Values } from '@hufu/library';

/** What was typed and not sent yet, kept in this browser: nothing is lost with a closed tab. */
export type Draft = { readonly values: Values; readonly at: string; readonly version: number | undefined };

const PREFIX = 'hufu.library.draft.';
const DAYS = 14;

/** @param place the form: owner, type, record and event */
export function loadDraft(place: string): Draft | undefined {
  try {
    const draft = JSON.parse(localStorage.getItem(PREFIX + place) ?? 'null') as Draft | null;
    if (draft === null || typeof draft.values !== 'object') return undefined;
    if (Date.parse(draft.at) > Date.now() - DAYS * 86_400_000) return draft;
    dropDraft(place);
  } catch {
    // Unreadable, or no storage: there is none.
  }
  return undefined;
}

export function saveDraft(place: string, draft: Draft): void {
  try {
    localStorage.setItem(PREFIX + place, JSON.stringify(draft));
  } catch {
    // Without storage the form lives as long as the page.
  }
}

export function dropDraft(place: string): void {
  try {
    localStorage.removeItem(PREFIX + place);
  } catch {
    // There was none.
  }
}

/** Whoever logs out leaves nothing behind on a shared computer. */
export function dropAllDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    }
  } catch {
    // There were none.
  }
}
