import type { LibrarySession, RegistrationForm } from '@hufu/contracts';
import { isSameUnitName } from '@hufu/kernel';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import { accountById, insertAccount, type NewAccount } from '../accounts/account-store.ts';
import { keepAcceptance, mustBeAccepted } from '../accounts/agreements.ts';
import type { Bearer } from '../accounts/bearer.ts';
import { browserOf, type Call, type EntityContext, originOf } from '../context.ts';
import { entityError } from '../errors.ts';
import { recordKey } from '../keys/record-key.ts';
import { admittedFor } from './admission.ts';
import { spendAdmission } from './admission-store.ts';
import { enter, enteredView } from './enter.ts';
import { findAccount } from './find-account.ts';
import { auditRefusals, mustBeGood } from './prove-certificate.ts';

/**
 * 「注册」 (LIB-REG-08 … LIB-REG-12): the account in state REGISTERED_SIMPLE, its first key as the primary, and a
 * session that opens base information alone.
 * @throws LIBRARY_ADMISSION, LIBRARY_AGREEMENTS, LIBRARY_USCC_REQUIRED, LIBRARY_USCC_MISMATCH, LIBRARY_CHOICE,
 *   LIBRARY_OTHER_HOLDER, LIBRARY_REGISTERED_ALREADY, LIBRARY_NOT_ACTIVATED
 */
export function register(
  context: EntityContext,
  { call, form }: { call: Call; form: RegistrationForm },
): Promise<LibrarySession> {
  const { deps } = context;
  const from = originOf(context, call.request);
  return auditRefusals(deps, { action: 'entity.register', from }, async (showed) => {
    const { row, certificate, bearer } = await admittedFor(deps, {
      id: form.admissionId,
      browserSha256: browserOf(context, call.request),
      purposes: ['REGISTER'],
    });
    showed(certificate);
    mustBeAccepted(deps.agreements, form.agreements);
    const who = registrant(bearer, form);
    const advice = await mustBeGood(deps, certificate);
    const sessionId = await withTransaction(deps.database, async (tx) => {
      const at = new Date(deps.clock.now());
      if (!(await spendAdmission(tx, { id: row.id, now: at }))) throw entityError('LIBRARY_ADMISSION');
      if ((await findAccount(tx, bearer)) !== undefined) throw entityError('LIBRARY_REGISTERED_ALREADY');
      const entityId = await identityOf(context, tx, { who, bearer, at });
      const applicant = { name: form.applicantName, phone: form.applicantPhone, idNo: form.applicantIdNo };
      const inserted = await insertAccount(tx, deps.cipher, {
        id: entityId,
        who,
        registeredBy: 'KEY',
        applicant,
        at,
      });
      // Somebody of the same entity was faster, between the look and the write.
      if (!inserted) throw entityError('LIBRARY_REGISTERED_ALREADY');
      const { fingerprint } = certificate;
      await keepAcceptance(tx, deps.agreements, { entityId, fingerprint, at });
      await deps.audit.record(tx, {
        actor: { kind: 'entity', id: entityId, certificate: fingerprint },
        action: 'entity.register',
        subject: { kind: 'entity', id: entityId },
        after: {
          state: 'REGISTERED_SIMPLE',
          kind: who.kind,
          by: 'KEY',
          ...(who.kind === 'ORGANISATION' ? { roles: who.roles } : {}),
          // OD-03: an authority that writes no code into its certificates leaves the typed one unproved
          codeProvedByCertificate: bearer.kind === 'NATURAL_PERSON' || bearer.uscc !== null,
          agreements: deps.agreements.map(({ code, version, sha256 }) => ({ code, version, sha256 })),
        },
        disclose: {
          applicantName: applicant.name,
          applicantPhone: applicant.phone,
          applicantIdNo: applicant.idNo,
        },
        entity: entityId,
        origin: from,
      });
      const key = await recordKey(deps, tx, {
        entityId,
        certificate,
        mediaNo: row.media_no,
        user: { holderName: applicant.name, holderPhone: applicant.phone, holderIdNo: applicant.idNo },
        isPrimary: true,
        event: 'register',
        by: fingerprint,
        from,
      });
      if (who.kind === 'ORGANISATION') await deps.registered?.(tx, entityId);
      return enter(context, tx, {
        call,
        entering: {
          account: (await accountById(tx, entityId))!,
          method: 'KEY',
          keyId: key.id,
          fingerprint,
          notAfter: certificate.validTo,
        },
      });
    });
    return enteredView(context, sessionId, advice);
  });
}

type Registrant = NewAccount['who'] & { readonly uscc?: string };

/** Who registers: what the certificate says, and the typed code only where it says none (F-REG). */
function registrant(bearer: Bearer, form: RegistrationForm): Registrant {
  if (bearer.kind === 'NATURAL_PERSON') {
    const isSelf = form.applicantName === bearer.name && form.applicantIdNo === bearer.idNo;
    if (!isSelf) throw entityError('LIBRARY_OTHER_HOLDER', { field: 'applicantIdNo' });
    return { kind: 'NATURAL_PERSON', name: bearer.name, idNo: bearer.idNo };
  }
  const uscc = bearer.uscc ?? form.uscc;
  if (uscc === undefined) throw entityError('LIBRARY_USCC_REQUIRED', { field: 'uscc' });
  if (form.uscc !== undefined && form.uscc !== uscc) {
    throw entityError('LIBRARY_USCC_MISMATCH', { field: 'uscc' });
  }
  if (form.roles.length === 0) throw entityError('LIBRARY_CHOICE', { field: 'roles' });
  return { kind: 'ORGANISATION', name: bearer.unitName, roles: form.roles, uscc };
}

async function identityOf(
  { deps, peers }: EntityContext,
  tx: Tx,
  { who, bearer, at }: { who: Registrant; bearer: Bearer; at: Date },
): Promise<string> {
  if (bearer.kind === 'NATURAL_PERSON') {
    return deps.identities.person(tx, { idNoHash: bearer.idNoHash, at });
  }
  if (who.uscc === undefined) throw entityError('LIBRARY_USCC_REQUIRED');
  // A typed code proves nothing: where the hub knows whose it is, the name must be theirs.
  const bound = bearer.uscc === null ? await peers.hub.records.byUscc(tx, who.uscc) : undefined;
  if (bound !== undefined && !isSameUnitName(bound.unitName, bearer.unitName)) {
    throw entityError('LIBRARY_NAME_MISMATCH');
  }
  return deps.identities.organisation(tx, { uscc: who.uscc, at });
}
