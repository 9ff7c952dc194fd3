import type { Admission } from '@hufu/contracts';
import { browserOf, type Call, type EntityContext, originOf } from '../context.ts';
import { entityError } from '../errors.ts';
import { keyOf } from '../keys/key-store.ts';
import { admit } from './admission.ts';
import { findAccount } from './find-account.ts';
import { auditRefusals, proveCertificate } from './prove-certificate.ts';
import type { SentProof } from './sent-proof.ts';

/**
 * 「CA注册」 (LIB-REG-07): what the certificate says goes into the form. Registration is for new entities only; a new
 * key of a known one is led to its activation (LIB-REG-01).
 * @throws LIBRARY_REGISTERED_ALREADY, LIBRARY_KEY_VOIDED, LIBRARY_NOT_ACTIVATED (OD-11), and what refuses a proof
 */
export function readForRegistration(
  context: EntityContext,
  { call, proof }: { call: Call; proof: SentProof },
): Promise<Admission> {
  const { deps } = context;
  const { db } = deps.database;
  const from = originOf(context, call.request);
  return auditRefusals(deps, { action: 'library.read-for-registration', from }, async (showed) => {
    const browserSha256 = browserOf(context, call.request);
    const proved = await proveCertificate(deps, { proof, act: 'library-register', browserSha256 });
    const { certificate, bearer, mediaNo } = proved;
    showed(certificate);
    const key = await keyOf(db, certificate);
    if (key?.state === 'SUBMITTED') throw entityError('LIBRARY_REGISTERED_ALREADY');
    const account = await findAccount(db, bearer);
    if (account !== undefined && key !== undefined) throw entityError('LIBRARY_KEY_VOIDED');
    const mustComeByHub = bearer.kind === 'ORGANISATION' && deps.libEntry === 'HUB_FIRST';
    if (account === undefined && mustComeByHub) throw entityError('LIBRARY_NOT_ACTIVATED');
    return admit(deps, db, {
      purpose: account === undefined ? 'REGISTER' : 'ACTIVATE',
      browserSha256,
      entityId: account?.id ?? null,
      certificate,
      mediaNo,
    });
  });
}
