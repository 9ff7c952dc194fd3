import { ATTRIBUTE_OID, buildCertificationRequest, buildName, type SignatureAlgorithm } from '@hufu/pki';
import { nodeSigner } from '@hufu/pki/node';
import { addKey } from '@hufu/soft-token';
import { generatePkcs8 } from '@hufu/soft-token/node';
import { changeStoredToken, type TokenAccess } from './unlock-stored-token.ts';

export type KeyToGenerate = {
  readonly tokenId: string;
  readonly pin: string;
  readonly algorithm: SignatureAlgorithm;
  readonly usage: 'sign' | 'encrypt';
  /** Goes into the subject as organisation and common name. */
  readonly unitName: string;
};

/**
 * Makes a key in the token and a request for its certificate (PKCS#10), signed by that key.
 *
 * @throws CodedError as `changeStoredToken`, and BUILD_NAME
 */
export async function requestCertificate(
  access: TokenAccess,
  { tokenId, pin, algorithm, usage, unitName }: KeyToGenerate,
): Promise<{ readonly keyId: string; readonly request: Uint8Array }> {
  const pkcs8 = generatePkcs8(algorithm);
  try {
    const subject = buildName([
      { oid: ATTRIBUTE_OID.country, text: 'CN' },
      { oid: ATTRIBUTE_OID.organization, text: unitName },
      { oid: ATTRIBUTE_OID.commonName, text: unitName },
    ]);
    const request = await buildCertificationRequest({ subject }, nodeSigner(pkcs8));
    let keyId = '';
    await changeStoredToken(access, { tokenId, pin }, (token) => {
      const added = addKey(token, { usage, pkcs8 }, access.crypto);
      keyId = added.keyId;
      return added.token;
    });
    return { keyId, request };
  } finally {
    pkcs8.fill(0);
  }
}
