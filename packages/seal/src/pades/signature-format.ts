import type { SignatureAlgorithm } from '@hufu/pki';
import { sealError } from '../errors.ts';

/**
 * `cades`: PAdES (ETSI EN 319 142-1) for RSA and ECDSA. `gm`: CMS with the OIDs of GM/T 0010 for SM2. `ses`: a seal
 * signature of GB/T 38540 straight in /Contents.
 */
export type SignatureFormat = 'cades' | 'gm' | 'ses';

/** The names by which readers choose a handler (ISO 32000-2 §12.8.1, Table 255). */
export type HandlerNames = { readonly filter: string; readonly subFilter: string };

const ADOBE = 'Adobe.PPKLite';

/**
 * Those of `ses` are what software in the field writes. GM/T 0112-2021 fixes them and could not be read here, so they
 * stand in this one place; the value that is signed does not depend on them.
 */
export const SIGNATURE_HANDLERS = {
  cades: { filter: ADOBE, subFilter: 'ETSI.CAdES.detached' },
  gm: { filter: ADOBE, subFilter: 'adbe.pkcs7.detached' },
  ses: { filter: 'GM.PKILite', subFilter: 'GM.sm2seal' },
  documentTimeStamp: { filter: ADOBE, subFilter: 'ETSI.RFC3161' },
} as const satisfies Record<SignatureFormat | 'documentTimeStamp', HandlerNames>;

/** The CMS format that goes with a key, unless an electronic seal is given. */
const CMS_FORMAT: Readonly<Record<SignatureAlgorithm, 'cades' | 'gm'>> = {
  'sm2-sm3': 'gm',
  'ecdsa-p256-sha256': 'cades',
  'rsa-pkcs1-sha256': 'cades',
};

/** @throws SEALING_FORMAT when another one is asked for than the key goes with (OD-36) */
export function formatFor(
  algorithm: SignatureAlgorithm,
  asked: SignatureFormat | undefined,
): SignatureFormat {
  const own = CMS_FORMAT[algorithm];
  if (asked !== undefined && asked !== 'ses' && asked !== own) throw sealError('SEALING_FORMAT', { asked });
  return asked ?? own;
}
