import type { FieldShape, FileValue } from './field.ts';
import { fault, type Issue } from './issue.ts';
import { filesReader, MAX_FILES } from './kinds/lists.ts';
import { type Desk, isEmptyRaw } from './kinds/reader.ts';
import { readText } from './kinds/text.ts';
import type { Event } from './record-type.ts';

export type Needs = { readonly reason?: string; readonly proof?: readonly FileValue[] };

export type NeedsResult =
  | ({ readonly ok: true } & Needs)
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** F-LEADCHG and every 作废原因: what people write there. */
export const MAX_REASON = 500;
const PROOF: Extract<FieldShape, { kind: 'files' }> = { kind: 'files', min: 1, max: MAX_FILES };
const readProof = filesReader(PROOF);

function wanted(sent: unknown, { path, need, desk }: { path: string; need: boolean; desk: Desk }): boolean {
  const isEmpty = isEmptyRaw(sent) || (Array.isArray(sent) && sent.length === 0);
  if (isEmpty && need) desk.issues.push(fault(path, 'LIB_REQUIRED'));
  else if (!isEmpty && !need) desk.issues.push(fault(path, 'LIB_UNKNOWN_FIELD'));
  return !isEmpty && need;
}

/**
 * Reads the reason and the proof of an event (GEN-006): each must be there where the event needs it, and only there.
 * @param sent untrusted
 */
export function readNeeds(
  event: Event,
  sent: { readonly reason?: unknown; readonly proof?: unknown },
): NeedsResult {
  const desk: Desk = { today: '', values: {}, issues: [] };
  const wantsReason = wanted(sent.reason, { path: 'reason', need: event.needs?.reason === true, desk });
  const wantsProof = wanted(sent.proof, { path: 'proof', need: event.needs?.proof === true, desk });
  const reason = wantsReason
    ? readText(sent.reason, 'reason', desk, { max: MAX_REASON, multiline: true })
    : undefined;
  const proof = wantsProof
    ? (readProof(sent.proof, 'proof', desk) as readonly FileValue[] | undefined)
    : undefined;
  if (desk.issues.length > 0) return { ok: false, issues: desk.issues };
  return { ok: true, ...(reason === undefined ? {} : { reason }), ...(proof === undefined ? {} : { proof }) };
}
