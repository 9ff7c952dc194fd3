import { EntityRole } from '@hufu/contracts';
import { z } from 'zod';

/** What a person types on 企业绑定, as text, before it is checked. */
const Draft = z.object({
  uscc: z.string(),
  regCity: z.string(),
  legalRep: z.string(),
  phone: z.string(),
  address: z.string(),
  roles: z.array(EntityRole),
});
export type Draft = z.infer<typeof Draft>;

export const EMPTY_DRAFT: Draft = { uscc: '', regCity: '', legalRep: '', phone: '', address: '', roles: [] };

const STORE = 'hufu.bind.draft';

/** Kept for this tab only: it is personal data, so it does not outlive the browser's session. */
export function loadDraft(): Draft {
  try {
    return Draft.parse(JSON.parse(sessionStorage.getItem(STORE) ?? 'null'));
  } catch {
    return EMPTY_DRAFT;
  }
}

export function saveDraft(draft: Draft | undefined): void {
  try {
    if (draft === undefined) sessionStorage.removeItem(STORE);
    else sessionStorage.setItem(STORE, JSON.stringify(draft));
  } catch {
    // Without storage the draft lives as long as the page.
  }
}
