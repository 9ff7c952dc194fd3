import type { ActivationForm, LibrarySession } from '@hufu/contracts';
import { withTransaction } from '../../../infra/database/database.ts';
import { lockAccount } from '../accounts/account-store.ts';
import { browserOf, type Call, type EntityContext, originOf } from '../context.ts';
import { entityError } from '../errors.ts';
import { keysOf } from '../keys/key-store.ts';
import { recordKey } from '../keys/record-key.ts';
import { endKey } from '../keys/void-key.ts';
import { admittedFor } from './admission.ts';
import { spendAdmission } from './admission-store.ts';
import { enter, enteredView } from './enter.ts';
import { findAccount, mustBeOpen } from './find-account.ts';
import { auditRefusals, mustBeGood } from './prove-certificate.ts';

/** A natural person has one certificate at a time (OD-12). */
const SUPERSEDED = '启用新证书';

/**
 * Activation of a further or renewed certificate (LIB-ACT-04, LIB-ACT-05): one more row, not the primary unless it is
 * the only one; then normal login.
 * @throws LIBRARY_ADMISSION, LIBRARY_NAME_MISMATCH, LIBRARY_KEY_ACTIVE_ALREADY, LIBRARY_ENTITY_FROZEN
 */
export function activate(
  context: EntityContext,
  { call, form }: { call: Call; form: ActivationForm },
): Promise<LibrarySession> {
  const { deps } = context;
  const from = originOf(context, call.request);
  return auditRefusals(deps, { action: 'key.activate', from }, async (showed) => {
    const { row, certificate, bearer } = await admittedFor(deps, {
      id: form.admissionId,
      browserSha256: browserOf(context, call.request),
      purposes: ['ACTIVATE'],
    });
    showed(certificate);
    const { admissionId: _id, ...user } = form;
    const isOther =
      bearer.kind === 'NATURAL_PERSON' &&
      (user.holderName !== bearer.name || (user.holderIdNo ?? bearer.idNo) !== bearer.idNo);
    if (isOther) throw entityError('LIBRARY_OTHER_HOLDER', { field: 'holderName' });
    const advice = await mustBeGood(deps, certificate);
    const sessionId = await withTransaction(deps.database, async (tx) => {
      const at = new Date(deps.clock.now());
      if (!(await spendAdmission(tx, { id: row.id, now: at }))) throw entityError('LIBRARY_ADMISSION');
      const found = await findAccount(tx, bearer);
      const account = mustBeOpen(found && (await lockAccount(tx, found.id)));
      if (account.frozen_at !== null) throw entityError('LIBRARY_ENTITY_FROZEN');
      const inForce = (await keysOf(tx, account.id)).filter(({ state }) => state === 'SUBMITTED');
      const replaces = bearer.kind === 'NATURAL_PERSON' ? inForce : [];
      for (const former of replaces) {
        await endKey(deps, tx, {
          row: former,
          reason: SUPERSEDED,
          proof: [],
          by: { fingerprint: certificate.fingerprint, from },
        });
      }
      const key = await recordKey(deps, tx, {
        entityId: account.id,
        certificate,
        mediaNo: row.media_no,
        user,
        isPrimary: inForce.length === replaces.length,
        event: 'activate',
        by: certificate.fingerprint,
        from,
      });
      const { fingerprint, validTo: notAfter } = certificate;
      const entering = { account, method: 'KEY' as const, keyId: key.id, fingerprint, notAfter };
      return enter(context, tx, { call, entering });
    });
    return enteredView(context, sessionId, advice);
  });
}
