import { generateKeyPairSync } from 'node:crypto';
import { derElement, derOctetString, derOid, derSequence, derSet, TAG } from '@hufu/gm';
import { concatBytes, utf8 } from '@hufu/kernel';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  assembleSignedData,
  buildCertificate,
  buildName,
  type Certificate,
  CONTENT_OID,
  cmsAttribute,
  PKCS9_OID,
  parseCertificate,
  parseSignedData,
  type Signer,
  verifySignerInfo,
} from '../src/index.ts';
import { nodeCryptoEngine, nodeSigner } from '../src/node/index.ts';

const engine = nodeCryptoEngine();
const CONTENT = utf8('what is signed');
const NOW = Date.UTC(2026, 10, 20);

let signer: Signer;
let certificate: Certificate;
beforeAll(async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  signer = nodeSigner(new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })));
  const name = buildName([{ oid: '2.5.4.3', text: 'signer' }]);
  certificate = parseCertificate(
    await buildCertificate(
      {
        serial: Uint8Array.of(1, 2, 3),
        issuer: name,
        subject: name,
        notBefore: NOW - 1000,
        notAfter: NOW + 1000,
        publicKey: signer.publicKey,
        extensions: [],
      },
      signer,
    ),
  );
});

const attributes = (content: Uint8Array): readonly Uint8Array[] => [
  cmsAttribute(PKCS9_OID.messageDigest, derOctetString(engine.digest('sha256', content))),
  cmsAttribute(PKCS9_OID.contentType, derOid(CONTENT_OID.data)),
];
/** Not in the order of DER: the longer one comes first. */
const unordered = (content = CONTENT): Uint8Array => derElement(TAG.set, concatBytes(...attributes(content)));
const ordered = (): Uint8Array => derSet(...attributes(CONTENT));

type Made = {
  readonly written: Uint8Array;
  readonly over: Uint8Array;
  readonly certificates?: readonly Uint8Array[];
  readonly unsigned?: readonly Uint8Array[];
};

async function verdict({ written, over, certificates = [], unsigned = [] }: Made) {
  const signedData = parseSignedData(
    assembleSignedData({
      type: CONTENT_OID.signedData,
      contentType: CONTENT_OID.data,
      algorithm: signer.algorithm,
      certificate,
      certificates: [certificate.der, ...certificates],
      signedAttributes: written,
      signature: await signer.sign(over),
      unsignedAttributes: unsigned,
    }),
  );
  const [only] = signedData.signers;
  const found = await verifySignerInfo({ signedData, signer: only!, content: CONTENT }, engine);
  return { ...found, signedData };
}

describe('RFC 5652: what writers do otherwise', () => {
  test('signed attributes out of order are verified as they were sent, and as they should have been', async () => {
    expect(await verdict({ written: ordered(), over: ordered() })).toMatchObject({ signed: true });
    expect(await verdict({ written: unordered(), over: unordered() })).toMatchObject({ signed: true });
    expect(await verdict({ written: unordered(), over: ordered() })).toMatchObject({ signed: true });
    const other = unordered(utf8('something else'));
    expect(await verdict({ written: unordered(), over: other })).toMatchObject({
      signed: false,
      reason: 'signature',
    });
    expect(await verdict({ written: other, over: other })).toMatchObject({
      signed: false,
      reason: 'attributes',
    });
  });

  test('a signed attribute that comes twice is refused; an unsigned one may be repeated', async () => {
    const [digest, type] = attributes(CONTENT);
    const twice = derSet(digest!, type!, type!);
    await expect(verdict({ written: twice, over: twice })).rejects.toThrow('CMS_MALFORMED');
    const stamp = (n: number) => cmsAttribute(PKCS9_OID.signatureTimeStamp, derOctetString(Uint8Array.of(n)));
    const found = await verdict({ written: ordered(), over: ordered(), unsigned: [stamp(1), stamp(2)] });
    expect(found.signed).toBe(true);
    expect(found.signedData.signers[0]!.unsignedAttributes.get(PKCS9_OID.signatureTimeStamp)).toHaveLength(2);
  });

  test('a companion that is no certificate is passed over', async () => {
    const found = await verdict({
      written: ordered(),
      over: ordered(),
      certificates: [derSequence(derOid('1.2.3'))],
    });
    expect(found.signed).toBe(true);
    expect(found.signedData.certificates).toHaveLength(1);
  });
});
