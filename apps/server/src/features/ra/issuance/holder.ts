import { z } from 'zod';
import type { FieldCipher } from '../../../infra/privacy/field-cipher.ts';
import type { RaDeps } from '../deps.ts';
import type { CertificateRow } from './certificate-store.ts';

/** The persons behind a certificate, so that the next form need not be filled in again. */
const Holder = z.object({
  personName: z.string().default(''),
  personIdNo: z.string().default(''),
  legalRepName: z.string().default(''),
  legalRepIdNo: z.string().default(''),
});
export type HolderPersons = z.infer<typeof Holder>;

const personPlace = (id: string): string => `ra_certificate.person:${id}`;
const legalRepPlace = (id: string): string => `ra_certificate.legal_rep:${id}`;

export const sealHolder = (cipher: FieldCipher, id: string, persons: HolderPersons) => {
  const { personName, personIdNo, ...legalRep } = persons;
  return {
    person: cipher.seal(JSON.stringify({ personName, personIdNo }), personPlace(id)),
    legalRep: cipher.seal(JSON.stringify(legalRep), legalRepPlace(id)),
  };
};

export function openHolder(
  { cipher }: Pick<RaDeps, 'cipher'>,
  row: Pick<CertificateRow, 'id' | 'person_sealed' | 'legal_rep_sealed'>,
): HolderPersons {
  const part = (sealed: string | null, place: string): object =>
    sealed === null ? {} : (JSON.parse(cipher.open(sealed, place)) as object);
  return Holder.parse({
    ...part(row.person_sealed, personPlace(row.id)),
    ...part(row.legal_rep_sealed, legalRepPlace(row.id)),
  });
}
