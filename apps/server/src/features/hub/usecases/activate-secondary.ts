import { isSameUnitName, toBase64Url } from '@hufu/kernel';
import type { Tx } from '../../../infra/database/database.ts';
import { step } from '../../../infra/state-table.ts';
import type { HubDeps } from '../deps.ts';
import { type BindingState, CERTIFICATE_STATES, UNOPPOSED } from '../domain/certificate-states.ts';
import { hubError } from '../errors.ts';
import { certificateById, findBound, insertCertificate } from '../store/certificates.ts';
import { lockEnterprise } from '../store/enterprises.ts';
import { insertNotice } from '../store/notices.ts';
import type { ActRequest, ActResult } from './act.ts';

type ActivateRequest = Extract<ActRequest, { act: 'activate' }>;

/**
 * 「激活」 (HUB-083, HUB-084): the new key has signed, the session is that of the primary, whose key may be
 * unplugged by now. What counts is the primary's standing at this moment, not at its login.
 *
 * @throws HUB_SESSION_REQUIRED, HUB_PRIMARY_ONLY, HUB_NAME_MISMATCH, HUB_USCC_MISMATCH, HUB_BOUND_ELSEWHERE
 */
export async function activateSecondary(
  deps: HubDeps,
  tx: Tx,
  { certificate, mediaNo, holder, from }: ActivateRequest,
): Promise<ActResult> {
  const enterprise = await lockEnterprise(tx, holder.enterpriseId);
  const primary = await certificateById(tx, holder.certificateId);
  if (enterprise?.state !== 'BOUND' || primary?.state !== 'BOUND') throw hubError('HUB_SESSION_REQUIRED');
  const known = await findBound(tx, certificate);
  const state: BindingState = known === undefined ? 'UNBOUND' : `BOUND_${known.role}`;
  const verdict = step(CERTIFICATE_STATES, {
    state,
    event: 'activate',
    facts: {
      ...UNOPPOSED,
      holderKind: certificate.holderKind,
      byPrimary: primary.role === 'PRIMARY',
      usccAgrees: certificate.uscc === null || certificate.uscc === enterprise.uscc,
      unitNameEqual: isSameUnitName(certificate.unitName!, enterprise.unit_name),
      boundElsewhere: known !== undefined && known.enterprise_id !== enterprise.id,
    },
  });
  if (!verdict.allowed) throw hubError(verdict.code);
  if (known !== undefined) {
    return { outcome: 'ALREADY_BOUND', certificateId: known.id, enterpriseId: enterprise.id, advice: [] };
  }
  const at = new Date(deps.clock.now());
  const id = toBase64Url(deps.random(16));
  await insertCertificate(tx, {
    id,
    enterpriseId: enterprise.id,
    role: 'SECONDARY',
    certificate,
    mediaNo,
    boundAt: at,
  });
  await insertNotice(tx, {
    id: toBase64Url(deps.random(16)),
    enterpriseId: enterprise.id,
    notice: {
      kind: 'CERTIFICATE_ACTIVATED',
      facts: { certKeyNo: certificate.certKeyNo, at: at.getTime() },
    },
    at,
  });
  await deps.audit.record(tx, {
    actor: { kind: 'entity', id: enterprise.id, certificate: holder.fingerprint },
    action: 'certificate.activate',
    subject: { kind: 'certificate', id },
    after: { role: 'SECONDARY', authority: certificate.authority!.id, fingerprint: certificate.fingerprint },
    origin: from,
  });
  return { outcome: 'ACTIVATED', certificateId: id, enterpriseId: enterprise.id, advice: [] };
}
