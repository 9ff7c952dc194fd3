import { randomBytes } from 'node:crypto';
import { ATTRIBUTE_OID, buildCertificate, buildName, type SignatureAlgorithm } from '@hufu/pki';
import { nodeSigner } from '@hufu/pki/node';
import { addKey } from '@hufu/soft-token';
import { generatePkcs8 } from '@hufu/soft-token/node';
import type { Bridge } from '../../src/bridge.ts';
import { createStoredToken } from '../../src/drivers/soft/create-token.ts';
import { changeStoredToken } from '../../src/drivers/soft/unlock-stored-token.ts';

export const PIN = '12345678';
export const UNIT = '内蒙古测试建设有限公司';

const DAY = 86_400_000;

export type TestKey = { readonly pkcs8: Uint8Array; readonly certificate: Uint8Array };

type Validity = { readonly from: number; readonly to: number };

const AROUND_NOW = (): Validity => ({ from: Date.now() - DAY, to: Date.now() + 300 * DAY });

/** A certificate from a test issuer for this public key. */
export function certificateFor(
  publicKey: Uint8Array,
  validity: Validity = AROUND_NOW(),
): Promise<Uint8Array> {
  return buildCertificate(
    {
      serial: new Uint8Array([1, ...randomBytes(9)]),
      issuer: buildName([{ oid: ATTRIBUTE_OID.commonName, text: '测试CA' }]),
      subject: buildName([
        { oid: ATTRIBUTE_OID.organization, text: UNIT },
        { oid: ATTRIBUTE_OID.commonName, text: UNIT },
      ]),
      notBefore: validity.from,
      notAfter: validity.to,
      publicKey,
      extensions: [],
    },
    nodeSigner(generatePkcs8('sm2-sm3')),
  );
}

export async function testKey(
  algorithm: SignatureAlgorithm = 'sm2-sm3',
  validity: Validity = AROUND_NOW(),
): Promise<TestKey> {
  const pkcs8 = generatePkcs8(algorithm);
  return { pkcs8, certificate: await certificateFor(nodeSigner(pkcs8).publicKey, validity) };
}

/** A plugged-in software token with one signing key. */
export async function insertToken(
  { softTokens }: Bridge,
  key: TestKey,
  { label = '企业证书', maximumAttempts = 10 } = {},
): Promise<{ readonly tokenId: string; readonly keyId: string }> {
  const { tokenId } = await createStoredToken(softTokens, {
    label,
    pin: PIN,
    cost: { N: 1024, r: 8, p: 1 },
    maximumAttempts,
  });
  let keyId = '';
  await changeStoredToken(softTokens, { tokenId, pin: PIN }, (token) => {
    const added = addKey(token, { usage: 'sign', ...key }, softTokens.crypto);
    keyId = added.keyId;
    return added.token;
  });
  return { tokenId, keyId: `soft.${tokenId}.${keyId}` };
}
