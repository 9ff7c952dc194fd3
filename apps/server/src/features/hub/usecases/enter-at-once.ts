import { auditFragment } from '../../../infra/audit/audit-fragment.ts';
import { statementOf } from '../../../infra/database/fragment.ts';
import type { SessionDraft } from '../../identity-provider/index.ts';
import type { HubDeps } from '../deps.ts';
import { hubError } from '../errors.ts';
import { boundWithStanding, type CertificateRow, useFragments } from '../store/certificates.ts';
import type { ActRequest, ActResult, Admitted } from './act.ts';
import { loginEntry } from './log-in.ts';

export type DraftSession = (certificate: CertificateRow) => SessionDraft | undefined;

/**
 * The usual login (HUB-050, HUB-058): a bound certificate, in a browser without an older session. All of it is one
 * statement, which does nothing if the certificate was unbound since it was looked at.
 *
 * @returns undefined when there is more to do than that, e.g. to recognise a renewal
 * @throws HUB_NOT_BOUND
 */
export async function enterAtOnce(
  deps: Pick<HubDeps, 'database' | 'clock'>,
  { request, advice }: Admitted<Extract<ActRequest, { act: 'login' }>>,
  draftSession: DraftSession,
): Promise<ActResult | undefined> {
  const { pool } = deps.database;
  const found = await boundWithStanding(pool, request.certificate);
  const draft = found && draftSession(found.row);
  if (!draft) return undefined;
  const { row, standing } = found;
  const at = new Date(deps.clock.now());
  const { rowCount } = await pool.query(
    statementOf('hub-enter', (bind) => {
      const { used, seen } = useFragments({ certificateId: row.id, advice, at });
      return `
        with used as (${used(bind)}),
             seen as (${seen('used')(bind)}),
             noted as (${auditFragment(loginEntry(row, request.from), 'used')(bind)}),
             opened as (${draft.insert('used')(bind)})
        select from used`;
    }),
  );
  if (rowCount === 0) throw hubError('HUB_NOT_BOUND');
  draft.deliver();
  return {
    outcome: 'LOGGED_IN',
    certificateId: row.id,
    enterpriseId: row.enterprise_id,
    advice,
    certificate: row,
    standing: { ...standing, certificate: { ...standing.certificate, advice: [...advice] } },
  };
}
