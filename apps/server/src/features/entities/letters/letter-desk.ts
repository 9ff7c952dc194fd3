import type { AuditOrigin } from '../../../infra/audit/audit.ts';
import type { Executor } from '../../../infra/database/database.ts';
import type { Holder } from '../../access/index.ts';

export type LetterDocument = {
  readonly file: { readonly bytes: Uint8Array; readonly name: string };
  readonly form: { readonly title: string; readonly template: string; readonly templateVersion: string };
  readonly by: { readonly holder: Holder; readonly from: AuditOrigin };
};

/** What is needed of the feature that seals documents. */
export type LetterDesk = {
  /** Opens a document to be sealed by the holder's entity alone. @returns the task's id */
  open(document: LetterDocument): Promise<string>;
  /** Whether the task can still be sealed. */
  isOpen(executor: Executor, taskId: string): Promise<boolean>;
};
