import { toBase64Url } from '@hufu/kernel';
import { withTransaction } from '../../../infra/database/database.ts';
import { step } from '../../../infra/state-table.ts';
import type { Holder } from '../../access/index.ts';
import type { Asked, HubDeps } from '../deps.ts';
import { CERTIFICATE_STATES, UNOPPOSED } from '../domain/certificate-states.ts';
import { hubError } from '../errors.ts';
import { certificateById, endCertificate } from '../store/certificates.ts';
import { insertNotice } from '../store/notices.ts';
import { requirePrimary } from './change-profile.ts';

/**
 * 「删除」 in 「02证书绑定」 (HUB-085, HUB-086): a secondary lock of one's own enterprise; its sessions end with it.
 * @throws HUB_CERTIFICATE_UNKNOWN, HUB_PRIMARY_NOT_DELETABLE, HUB_PRIMARY_ONLY
 */
export async function removeCertificate(
  deps: HubDeps,
  { id, holder, from }: { id: string; holder: Holder } & Asked,
): Promise<void> {
  await withTransaction(deps.database, async (tx) => {
    await requirePrimary(tx, holder);
    const row = await certificateById(tx, id);
    if (row?.state !== 'BOUND' || row.enterprise_id !== holder.enterpriseId) {
      throw hubError('HUB_CERTIFICATE_UNKNOWN');
    }
    const verdict = step(CERTIFICATE_STATES, {
      state: `BOUND_${row.role}`,
      event: 'remove',
      facts: UNOPPOSED,
    });
    if (!verdict.allowed) throw hubError(verdict.code);
    const at = new Date(deps.clock.now());
    await endCertificate(tx, { id, state: 'UNBOUND', reason: 'removed by the primary', at });
    await deps.sessions.endForCertificate(tx, id);
    await insertNotice(tx, {
      id: toBase64Url(deps.random(16)),
      enterpriseId: holder.enterpriseId,
      notice: { kind: 'CERTIFICATE_REMOVED', facts: { certKeyNo: row.cert_key_no, at: at.getTime() } },
      at,
    });
    await deps.audit.record(tx, {
      actor: { kind: 'entity', id: holder.enterpriseId, certificate: holder.fingerprint },
      action: 'certificate.remove',
      subject: { kind: 'certificate', id },
      before: { state: 'BOUND', role: row.role },
      after: { state: 'UNBOUND' },
      origin: from,
    });
  });
}
