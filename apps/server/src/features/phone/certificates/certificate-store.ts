import type { PhoneCertificateState } from '@hufu/contracts';
import type { Selectable } from 'kysely';
import type { Executor } from '../../../infra/database/database.ts';
import type { FieldCipher } from '../../../infra/privacy/field-cipher.ts';
import type { PhoneCertificateFacts } from '../face.ts';
import { type PhoneTables, phoneTables } from '../tables.ts';

export type CertificateRow = Selectable<PhoneTables['phone_certificate']>;

export const subjectPlace = (id: string) => `phone_certificate.subject:${id}`;

/** What it is at this moment: the end of its validity needs no job to come true. */
export const stateAt = (
  { state, valid_to }: Pick<CertificateRow, 'state' | 'valid_to'>,
  now: number,
): PhoneCertificateState =>
  (state === 'EFFECTIVE' || state === 'HELD') && valid_to.getTime() <= now ? 'EXPIRED' : state;

export const certificateFacts = (
  cipher: FieldCipher,
  row: CertificateRow,
  now: number,
): PhoneCertificateFacts => ({
  id: row.id,
  kind: row.kind,
  entityId: row.entity_id,
  userId: row.user_id,
  orderId: row.order_id,
  authorityId: row.authority_id,
  subjectName: cipher.open(row.subject_sealed, subjectPlace(row.id)),
  uscc: row.uscc,
  serialNumber: row.serial_number,
  fingerprint: row.fingerprint,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  state: stateAt(row, now),
  signingCertificate: new Uint8Array(row.signing_certificate),
  encryptionCertificate: row.encryption_certificate && new Uint8Array(row.encryption_certificate),
  replacedBy: row.replaced_by,
});

const all = (executor: Executor) => phoneTables(executor).selectFrom('phone_certificate').selectAll();

type Key = 'id' | 'fingerprint' | 'order_id';
export const certificateBy = (
  executor: Executor,
  key: Key,
  value: string,
): Promise<CertificateRow | undefined> => all(executor).where(key, '=', value).executeTakeFirst();

/**
 * Those that a user can see: own personal ones; the enterprise's whose administrator they are; those for which they
 * have a grant in force. The newest first.
 */
export const certificatesSeenBy = (executor: Executor, userId: string): Promise<CertificateRow[]> =>
  all(executor)
    .where(({ or, and, eb, exists, selectFrom }) =>
      or([
        and([eb('kind', '=', 'PERSONAL'), eb('user_id', '=', userId)]),
        exists(
          selectFrom('phone_person as p')
            .select('p.id')
            .whereRef('p.entity_id', '=', 'phone_certificate.entity_id')
            .where('p.user_id', '=', userId)
            .where('p.until', 'is', null)
            .where(({ or: either, eb: is, exists: are, selectFrom: from }) =>
              either([
                is('p.role', '=', 'ADMIN'),
                are(
                  from('phone_grant as g')
                    .select('g.id')
                    .whereRef('g.person_id', '=', 'p.id')
                    .whereRef('g.certificate_id', '=', 'phone_certificate.id')
                    .where('g.revoked_at', 'is', null),
                ),
              ]),
            ),
        ),
      ]),
    )
    .orderBy('kept_at', 'desc')
    .orderBy('id')
    .execute();
