import type { Readable } from 'node:stream';
import type { DeskUnbind } from '@hufu/contracts';
import type { AuditActor } from '../../../infra/audit/audit.ts';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { hubError } from '../errors.ts';
import {
  approveApplication,
  type By,
  checkApplication,
  type Rejection,
  rejectApplication,
  returnApplication,
} from './decide-application.ts';
import type { UnbindDeps } from './deps.ts';
import type { ScanField } from './receive-scans.ts';
import {
  type ApplicationRow,
  applicationById,
  countOpenApplications,
  filesOf,
  pageOfApplications,
  type Wanted,
} from './store.ts';
import { deskApplicationView } from './views.ts';

export type OpenedScan = {
  readonly stream: Readable;
  readonly size: number;
  readonly type: string;
  readonly name: string;
};

/** The desk's side of unbinding. Steps run in the desk's transaction; who may take them is the desk's to know. */
export type UnbindingDesk = {
  page(wanted: Wanted): Promise<{ items: DeskUnbind[]; total: number }>;
  /** @throws UNBIND_UNKNOWN */
  find(id: string): Promise<DeskUnbind>;
  row(executor: Executor, id: string): Promise<ApplicationRow>;
  scan(id: string, field: ScanField): Promise<OpenedScan>;
  check(tx: Tx, step: { id: string; note: string; by: By }): Promise<ApplicationRow>;
  reject(tx: Tx, step: Rejection): Promise<ApplicationRow>;
  approve(tx: Tx, step: { id: string; actor: AuditActor }): Promise<void>;
  giveBack(tx: Tx, step: { id: string; actor: AuditActor }): Promise<void>;
  countOpen(): Promise<number>;
};

export function unbindingDesk(deps: UnbindDeps): UnbindingDesk {
  const { db } = deps.database;
  const row = async (executor: Executor, id: string) => {
    const found = await applicationById(executor, id);
    if (found === undefined) throw hubError('UNBIND_UNKNOWN');
    return found;
  };
  return {
    row,
    async page(wanted) {
      const { items, total } = await pageOfApplications(db, wanted);
      return { items: await Promise.all(items.map((one) => deskApplicationView(deps, one))), total };
    },
    find: async (id) => deskApplicationView(deps, await row(db, id)),
    async scan(id, field) {
      const files = await filesOf(db, await row(db, id));
      const file = files.find((one) => one.field === field);
      if (file === undefined) throw hubError('UNBIND_UNKNOWN');
      const { stream, size, mediaType } = await deps.attachments.open(file.attachment_id);
      return { stream, size, type: mediaType, name: file.name };
    },
    check: (tx, step) => checkApplication(deps, tx, step),
    reject: (tx, step) => rejectApplication(deps, tx, step),
    approve: (tx, step) => approveApplication(deps, tx, step),
    giveBack: (tx, step) => returnApplication(deps, tx, step),
    countOpen: () => countOpenApplications(db),
  };
}
