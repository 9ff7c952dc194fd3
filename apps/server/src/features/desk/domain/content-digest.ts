import { createHash } from 'node:crypto';
import { canonicalJsonBytes, type JsonValue } from '@hufu/kernel';
import type { ApprovalRow } from '../store/approvals.ts';

/**
 * SHA-256, hexadecimal, of all that a decision decides about (canonical JSON, RFC 8785). A summary is one sentence:
 * with this beside it, the signature of who decides covers the last field, and the kept row can be held against it.
 */
export function contentDigest(row: ApprovalRow): string {
  const { id, kind, subject, subject_state: subjectState, changes, payload, reason } = row;
  const content = { id, kind, subject, subjectState, changes, payload, reason } as JsonValue;
  return createHash('sha256').update(canonicalJsonBytes(content)).digest('hex');
}
