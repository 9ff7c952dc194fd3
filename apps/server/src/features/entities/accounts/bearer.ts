import { CodedError, parseIdCard } from '@hufu/kernel';
import type { FieldCipher } from '../../../infra/privacy/field-cipher.ts';
import type { ReadCertificate } from '../../hub/index.ts';
import type { EntityDeps } from '../deps.ts';
import { entityError } from '../errors.ts';

/** Whose certificate it is, as far as the library goes by it. */
export type Bearer =
  | { readonly kind: 'ORGANISATION'; readonly unitName: string; readonly uscc: string | null }
  | {
      readonly kind: 'NATURAL_PERSON';
      readonly name: string;
      readonly idNo: string;
      readonly idNoHash: string;
    };

/** By which persons are found without their number being read (OD-12). */
export const idNoHash = (cipher: Pick<FieldCipher, 'index'>, idNo: string): string =>
  cipher.index(idNo, 'entity.id_no');

/** @throws LIBRARY_HOLDER_KIND, LIBRARY_CERTIFICATE_UNCLEAR */
export function bearerOf(
  { cipher, clock }: Pick<EntityDeps, 'cipher' | 'clock'>,
  certificate: ReadCertificate,
): Bearer {
  const { holderKind, unitName, personName, personIdNo, doubtful, authority } = certificate;
  if (holderKind === 'legalRepresentative' || holderKind === 'operator')
    throw entityError('LIBRARY_HOLDER_KIND');
  if (doubtful || authority === null || holderKind === 'unknown')
    throw entityError('LIBRARY_CERTIFICATE_UNCLEAR');
  if (holderKind === 'enterprise') {
    if (unitName === null) throw entityError('LIBRARY_CERTIFICATE_UNCLEAR');
    return { kind: 'ORGANISATION', unitName, uscc: certificate.uscc };
  }
  if (personName === null || personIdNo === null) throw entityError('LIBRARY_CERTIFICATE_UNCLEAR');
  const idNo = checkedIdNo(personIdNo, clock.now());
  return { kind: 'NATURAL_PERSON', name: personName, idNo, idNoHash: idNoHash(cipher, idNo) };
}

function checkedIdNo(text: string, now: number): string {
  try {
    return parseIdCard(text, now).number;
  } catch (error) {
    if (error instanceof CodedError) throw entityError('LIBRARY_CERTIFICATE_UNCLEAR', {}, error);
    throw error;
  }
}
