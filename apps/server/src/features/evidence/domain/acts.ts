import { STATEMENT_NAMES } from '@hufu/contracts/statement-types';
import type { AuditEntry } from '../../../infra/audit/audit.ts';

type Subject = { readonly kind: string; readonly id: string };

/**
 * The chain of an act, where it is not the entry's own subject. Never a record that many change at once, such as a
 * platform.
 */
type ChainOf = (entry: AuditEntry) => Subject;

/** What one enterprise may do at one platform: its own record, so that enterprises do not wait for each other. */
const activation = ({ actor, subject }: AuditEntry): Subject => ({
  kind: 'activation',
  id: `${actor.id}:${subject?.id}`,
});

const CHAINS: Readonly<Record<string, ChainOf>> = {
  'platform.activate': activation,
};

/** Whether an act changes something for good, and so becomes a statement. */
export const isLasting = (action: string): boolean => Object.hasOwn(STATEMENT_NAMES, action);

/** The chain on which an act stands. */
export function subjectOf(entry: AuditEntry): Subject {
  return CHAINS[entry.action]?.(entry) ?? entry.subject ?? { kind: 'installation', id: 'hub' };
}

/** Whose record it is: they may read it. */
export function entityOf({ entity, actor, subject }: AuditEntry): string | undefined {
  if (entity !== undefined) return entity;
  if (actor.kind === 'entity') return actor.id;
  return subject?.kind === 'enterprise' ? subject.id : undefined;
}
