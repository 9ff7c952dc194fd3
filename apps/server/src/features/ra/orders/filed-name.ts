import { isSameUnitName } from '@hufu/kernel';
import type { Tx } from '../../../infra/database/database.ts';
import { type Complaint, ListedError } from '../../../infra/http/listed-error.ts';
import type { RaDeps } from '../deps.ts';
import type { OrderRow } from './order-store.ts';

const NOT_FILED: Complaint = {
  path: 'enterpriseName',
  code: 'NOT_FILED',
  says: {
    zh: '与主体信息库登记的名称不一致：请先变更主体信息并审核通过，再办理证书变更',
    en: 'Not the name on file: have the filing changed and approved first, then the certificate',
  },
};

/**
 * CA-036, HUB-110: a name is changed where the enterprise is filed, and approved there, before it is certified.
 * @throws RA_FORM
 */
export async function mustBeFiled(deps: Pick<RaDeps, 'filedName'>, tx: Tx, row: OrderRow): Promise<void> {
  if (row.kind !== 'CHANGE' || row.applicant !== 'ENTERPRISE' || row.entity_id === null) return;
  const filed = await deps.filedName(tx, row.entity_id);
  if (filed !== undefined && !isSameUnitName(filed, row.unit_name)) {
    throw new ListedError('RA_FORM', [NOT_FILED]);
  }
}
