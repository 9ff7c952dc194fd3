import type { SessionFacts } from '../identity-provider/index.ts';
import type { CertificateRow } from './store/certificates.ts';

/** RFC 8176: a key in hardware or software, opened by a PIN, is two factors. */
const AMR: Readonly<Record<CertificateRow['medium'], readonly string[]>> = {
  'usb-key': ['hwk', 'pin', 'mfa'],
  phone: ['swk', 'pin', 'mfa'],
  software: ['swk', 'pin', 'mfa'],
  unknown: ['pop'],
};

/** What a session keeps of the certificate that opened it, told to platforms (OD-07). */
/** @param phoneUserId who scanned; undefined with a lock */
export const sessionFacts = (row: CertificateRow, phoneUserId: string | undefined): SessionFacts => ({
  entityId: row.enterprise_id,
  certificateId: row.id,
  role: row.role,
  certificate: {
    serial: row.serial_number,
    issuer: row.issuer_name,
    kind: row.holder_kind,
    medium: row.medium,
  },
  acr: `urn:hufu:acr:${row.medium}`,
  amr: AMR[row.medium],
  ...(phoneUserId === undefined ? {} : { phoneUserId }),
});
