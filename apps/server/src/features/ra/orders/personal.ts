import { z } from 'zod';
import type { FieldCipher } from '../../../infra/privacy/field-cipher.ts';

/** What an application says of persons: sealed as one text. */
const Personal = z.object({
  legalRepName: z.string().default(''),
  legalRepIdNo: z.string().default(''),
  personName: z.string().default(''),
  personIdNo: z.string().default(''),
  mailAddress: z.string().default(''),
  contactPhone: z.string().default(''),
});
export type Personal = z.infer<typeof Personal>;

export const NO_PERSON: Personal = Personal.parse({});

const place = (orderId: string): string => `ra_order.personal:${orderId}`;

export const sealPersonal = (cipher: FieldCipher, orderId: string, personal: Personal): string =>
  cipher.seal(JSON.stringify(personal), place(orderId));

export const openPersonal = (
  cipher: FieldCipher,
  row: { readonly id: string; readonly personal_sealed: string },
): Personal => Personal.parse(JSON.parse(cipher.open(row.personal_sealed, place(row.id))));
