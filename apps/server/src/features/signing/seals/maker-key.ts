import { toPem } from '@hufu/kernel';
import { ATTRIBUTE_OID, buildCertificationRequest, buildName, type Signer } from '@hufu/pki';
import type { KeyVault } from '../../../infra/vault/key-vault.ts';

const PURPOSE = 'seal-maker';

export const makerKey = (vault: KeyVault) => vault.ensure(PURPOSE, 'SM2');

export const vaultSigner = (vault: KeyVault, keyId: string): Signer => ({
  algorithm: 'sm2-sm3',
  publicKey: vault.publicKey(keyId),
  sign: (message) => vault.sign(keyId, message),
});

/**
 * The request (PKCS #10, PEM) with which an authority is asked for the certificate of the seal maker. The key is made
 * in the vault when there is none, and stays there; the same key may be certified again before its certificate ends.
 *
 * @param name of the organisation that makes seals
 */
export async function requestMakerCertificate(vault: KeyVault, name: string): Promise<string> {
  const { id } = await makerKey(vault);
  const subject = buildName([
    { oid: ATTRIBUTE_OID.country, text: 'CN' },
    { oid: ATTRIBUTE_OID.organization, text: name },
    { oid: ATTRIBUTE_OID.commonName, text: name },
  ]);
  const der = await buildCertificationRequest({ subject }, vaultSigner(vault, id));
  return toPem('CERTIFICATE REQUEST', der);
}
