import { normaliseUnitName, toBase64Url } from '@hufu/kernel';
import type { Tx } from '../../../infra/database/database.ts';
import { step } from '../../../infra/state-table.ts';
import type { HubDeps } from '../deps.ts';
import { CERTIFICATE_STATES, UNOPPOSED } from '../domain/certificate-states.ts';
import { hubError } from '../errors.ts';
import { insertCertificate } from '../store/certificates.ts';
import {
  type EnterpriseFields,
  enterpriseByUscc,
  insertEnterprise,
  rebindEnterprise,
  sealedPlace,
} from '../store/enterprises.ts';
import type { ActRequest, ActResult } from './act.ts';
import { recogniseCertificate } from './recognise-certificate.ts';

type BindRequest = Extract<ActRequest, { act: 'bind' }>;

/**
 * First binding of an enterprise (HUB-022 … HUB-034), effective at once. The same certificate again changes nothing
 * (HUB-029); another certificate of a bound enterprise is refused (HUB-030).
 *
 * @throws HUB_USCC_MISMATCH, HUB_USCC_TAKEN, HUB_CITY_UNKNOWN
 */
export async function bindEnterprise(deps: HubDeps, tx: Tx, request: BindRequest): Promise<ActResult> {
  const { certificate, fields, from } = request;
  const recognised = await recogniseCertificate(deps, tx, { certificate, from });
  if (recognised !== undefined) {
    const { row } = recognised;
    await deps.audit.record(tx, {
      actor: { kind: 'entity', id: row.enterprise_id, certificate: row.fingerprint },
      action: 'binding.repeat',
      subject: { kind: 'certificate', id: row.id },
      origin: from,
    });
    return {
      outcome: 'ALREADY_BOUND',
      certificateId: row.id,
      enterpriseId: row.enterprise_id,
      advice: recognised.renewed ? ['CERTIFICATE_RENEWED'] : [],
    };
  }
  if (!deps.cities.has(fields.regCity)) throw hubError('HUB_CITY_UNKNOWN', { field: 'regCity' });
  const existing = await enterpriseByUscc(tx, fields.uscc);
  const verdict = step(CERTIFICATE_STATES, {
    state: 'UNBOUND',
    event: 'bind',
    facts: {
      ...UNOPPOSED,
      holderKind: certificate.holderKind,
      usccAgrees: certificate.uscc === null || certificate.uscc === fields.uscc,
      usccTaken: existing?.state === 'BOUND',
    },
  });
  if (!verdict.allowed) throw hubError(verdict.code, { field: 'uscc' });
  return create(deps, tx, { request, existingId: existing?.id });
}

async function create(
  deps: HubDeps,
  tx: Tx,
  { request, existingId }: { request: BindRequest; existingId: string | undefined },
): Promise<ActResult> {
  const { certificate, fields } = request;
  const at = new Date(deps.clock.now());
  const enterpriseId = existingId ?? (await deps.identities.organisation(tx, { uscc: fields.uscc, at }));
  const write = { id: enterpriseId, fields: sealed(deps, request, enterpriseId), at };
  const taken =
    existingId === undefined ? !(await insertEnterprise(tx, write)) : !(await rebindEnterprise(tx, write));
  // Somebody of the same enterprise was faster, between the look and the write.
  if (taken) throw hubError('HUB_USCC_TAKEN', { field: 'uscc' });
  const id = toBase64Url(deps.random(16));
  await insertCertificate(tx, {
    id,
    enterpriseId,
    role: 'PRIMARY',
    certificate,
    mediaNo: request.mediaNo,
    boundAt: at,
  });
  await deps.audit.record(tx, {
    actor: { kind: 'entity', id: enterpriseId, certificate: certificate.fingerprint },
    action: 'binding.create',
    subject: { kind: 'enterprise', id: enterpriseId },
    after: {
      certificate: id,
      authority: certificate.authority!.id,
      roles: fields.roles,
      regCity: fields.regCity,
      // OD-03: an authority that writes no code into its certificates leaves the typed one unproved
      codeProvedByCertificate: certificate.uscc !== null,
      reboundAccount: existingId !== undefined,
    },
    origin: request.from,
  });
  return { outcome: 'BOUND', certificateId: id, enterpriseId, advice: [] };
}

function sealed(
  { cipher }: Pick<HubDeps, 'cipher'>,
  { certificate, fields }: BindRequest,
  enterpriseId: string,
): EnterpriseFields {
  return {
    uscc: fields.uscc,
    unit_name: certificate.unitName!,
    unit_name_key: normaliseUnitName(certificate.unitName!),
    reg_city: fields.regCity,
    legal_rep_sealed: cipher.seal(fields.legalRep, sealedPlace('legal_rep', enterpriseId)),
    phone_sealed: cipher.seal(fields.phone, sealedPlace('phone', enterpriseId)),
    address_sealed: cipher.seal(fields.address, sealedPlace('address', enterpriseId)),
    roles: [...new Set(fields.roles)],
  };
}
