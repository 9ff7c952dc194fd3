import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { DAY_MS, fromPem, toPem } from '@hufu/kernel';
import {
  ATTRIBUTE_OID,
  basicConstraints,
  buildCertificate,
  buildName,
  keyUsage,
  parseCertificationRequest,
  verifyCertificationRequest,
} from '@hufu/pki';
import { nodeCryptoEngine, nodeSigner } from '@hufu/pki/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestMakerCertificate } from '../../../src/features/signing/index.ts';
import { createSealMaker } from '../../../src/features/signing/seals/seal-maker.ts';
import { type TestInfra, testInfra } from '../../support/infra.ts';

let infra: TestInfra;
let file: string;

beforeAll(async () => {
  const directory = fs.mkdtempSync('/tmp/hufu-maker-');
  file = path.join(directory, 'maker.pem');
  infra = await testInfra({ settings: { HUFU_SEAL_MAKER_CERTIFICATES: file } });
});
afterAll(async () => {
  await infra.dispose();
  fs.rmSync(path.dirname(file), { recursive: true });
});

function freshSigner() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
  return nodeSigner(new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })));
}

const authority = freshSigner();
const rootName = buildName([{ oid: ATTRIBUTE_OID.commonName, text: '某某电子认证根' }]);

async function certify(subject: Uint8Array, publicKey: Uint8Array, ca = false): Promise<Uint8Array> {
  return buildCertificate(
    {
      serial: new Uint8Array(randomBytes(12)),
      issuer: rootName,
      subject,
      publicKey,
      notBefore: Date.now() - DAY_MS,
      notAfter: Date.now() + 365 * DAY_MS,
      extensions: [
        basicConstraints({ ca }),
        ca ? keyUsage('keyCertSign', 'cRLSign') : keyUsage('digitalSignature', 'nonRepudiation'),
      ],
    },
    authority,
  );
}

/** An authority answers the request of this installation; the answer is put where the configuration says. */
async function install(publicKey?: Uint8Array): Promise<Uint8Array> {
  const [der] = fromPem('CERTIFICATE REQUEST', await requestMakerCertificate(infra.vault, '虎符制章中心'));
  const request = parseCertificationRequest(der!);
  const certificate = await certify(request.subject.der, publicKey ?? request.spki.der);
  const root = await certify(rootName, authority.publicKey, true);
  fs.writeFileSync(file, toPem('CERTIFICATE', certificate) + toPem('CERTIFICATE', root));
  return certificate;
}

test('SIGN-012 the maker’s key is certified on request, and again before its certificate ends', async () => {
  const maker = createSealMaker(infra);
  const current = async () => maker.current(infra.database.db);
  const [der] = fromPem('CERTIFICATE REQUEST', await requestMakerCertificate(infra.vault, '虎符制章中心'));
  expect(await verifyCertificationRequest(parseCertificationRequest(der!), nodeCryptoEngine())).toBe(true);

  const first = await install();
  await maker.prepare();
  expect(await current()).toMatchObject({ name: '虎符制章中心', sample: false, certificate: { der: first } });
  const renewed = await install();
  await maker.prepare();
  await maker.prepare();
  const now = await current();
  expect(now.certificate.der).toEqual(renewed);
  expect(await maker.isOwn(infra.database.db, now.certificate)).toBe(true);
  expect(
    await infra.database.db
      .selectFrom('seal_maker' as never)
      .selectAll()
      .execute(),
  ).toHaveLength(2);
});

test('a certificate for another key makes no seals', async () => {
  const stranger = freshSigner();
  await install(stranger.publicKey);
  await expect(createSealMaker(infra).prepare()).rejects.toMatchObject({ code: 'SEAL_MAKER_INVALID' });
});
