import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { DemoManifest } from '@hufu/contracts';
import { derUtf8String } from '@hufu/gm';
import { toBase64 } from '@hufu/kernel';
import {
  ATTRIBUTE_OID,
  authorityKeyIdentifier,
  basicConstraints,
  buildCertificate,
  buildCrl,
  buildName,
  keyUsage,
  type Signer,
  subjectKeyIdentifier,
} from '@hufu/pki';
import { nodeSigner } from '@hufu/pki/node';

/** A holder's certificate and the key that stands in for the one in a token. */
export type Holder = { readonly certificate: Uint8Array; readonly signer: Signer };

export type Client = { readonly id: string; readonly secret: string; readonly redirectUri: string };

export type LoginWorld = {
  readonly holder: Holder;
  readonly clients: readonly [Client, Client];
  close(): void;
};

export const UNIT_NAME = '内蒙古测试建设有限公司';
export const USCC = '91150102MA0N00016G';
const DAY = 86_400_000;
const KIND_OID = '2.25.32109423530182883467652658545036296127.1.1';
const PLATFORMS = ['hohhot', 'baotou'] as const;

const newSigner = (): Signer => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
  return nodeSigner(new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })));
};

/** An authority with a revocation list over HTTP, one holder, two platforms: what a demo server is told of. */
export async function makeLoginWorld(dataDirectory: string): Promise<LoginWorld> {
  const signer = newSigner();
  const keyId = new Uint8Array(randomBytes(20));
  const now = Date.now();
  const issuer = buildName([
    { oid: ATTRIBUTE_OID.country, text: 'CN' },
    { oid: ATTRIBUTE_OID.commonName, text: 'Bench Root' },
  ]);
  const root = await buildCertificate(
    {
      serial: new Uint8Array([1]),
      issuer,
      subject: issuer,
      notBefore: now - 100 * DAY,
      notAfter: now + 1000 * DAY,
      publicKey: signer.publicKey,
      extensions: [
        basicConstraints({ ca: true }),
        keyUsage('keyCertSign', 'cRLSign'),
        subjectKeyIdentifier(keyId),
      ],
    },
    signer,
  );
  const crl = await buildCrl(
    {
      issuer,
      thisUpdate: now - 60_000,
      nextUpdate: now + DAY,
      crlNumber: 1n,
      authorityKeyIdentifier: keyId,
      entries: [],
    },
    signer,
  );
  const holderSigner = newSigner();
  const certificate = await buildCertificate(
    {
      serial: new Uint8Array([0x4d, ...randomBytes(10)]),
      issuer,
      subject: buildName([
        { oid: ATTRIBUTE_OID.country, text: 'CN' },
        { oid: ATTRIBUTE_OID.organization, text: UNIT_NAME },
        { oid: '2.5.4.97', text: USCC },
        { oid: ATTRIBUTE_OID.commonName, text: UNIT_NAME },
      ]),
      notBefore: now - DAY,
      notAfter: now + 365 * DAY,
      publicKey: holderSigner.publicKey,
      extensions: [
        basicConstraints({ ca: false }),
        authorityKeyIdentifier(keyId),
        keyUsage('digitalSignature', 'nonRepudiation'),
        { oid: KIND_OID, value: derUtf8String('企业') },
      ],
    },
    signer,
  );
  const lists = http.createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/pkix-crl' }).end(crl);
  });
  await new Promise<void>((resolve) => lists.listen(0, '127.0.0.1', resolve));
  const crlUrl = `http://127.0.0.1:${(lists.address() as AddressInfo).port}/ca.crl`;

  const clients = PLATFORMS.map((code, at) => ({
    id: code,
    secret: toBase64(new Uint8Array(randomBytes(24))),
    redirectUri: `http://127.0.0.1:${9 + at}/callback`,
  })) as unknown as readonly [Client, Client];
  const manifest: DemoManifest = {
    assistantUrl: 'http://127.0.0.1:9',
    mailboxUrl: '/demo/mail',
    profiles: [
      {
        id: 'bench',
        facts: {
          uscc: [{ at: 'subject', oid: '2.5.4.97' }],
          unitName: [{ at: 'subject', oid: '2.5.4.10' }],
          kind: [{ at: 'extension', oid: KIND_OID, encoding: 'der-string', values: { 企业: 'enterprise' } }],
        },
      },
    ],
    authorities: [
      {
        id: 'bench',
        name: '测试数字证书认证公司',
        nameEn: 'Bench authority',
        phone: '0471-1234567',
        website: null,
        region: '150000',
        profileId: 'bench',
        certificates: [toBase64(root)],
        crlUrls: [crlUrl],
        ocspUrl: null,
        joined: true,
        policy: {
          graceSeconds: 0,
          graceUntil: null,
          ocspBudgetMs: 8000,
          ocspCacheSeconds: 300,
          sources: 'CRL_ONLY',
          algorithms: ['sm2'],
          region: '150000',
        },
      },
    ],
    operators: [],
    platforms: clients.map(({ id, secret, redirectUri }) => ({
      code: id,
      clientId: id,
      clientSecret: secret,
      joined: true,
      subjectType: 'public' as const,
      redirectUris: [redirectUri],
      postLogoutRedirectUris: [],
      initiateLoginUri: redirectUri,
      backchannelLogoutUri: null,
    })),
    tokens: [],
    people: [],
  };
  fs.mkdirSync(path.join(dataDirectory, 'demo'), { recursive: true });
  fs.writeFileSync(path.join(dataDirectory, 'demo', 'manifest.json'), JSON.stringify(manifest));
  return {
    holder: { certificate, signer: holderSigner },
    clients,
    close: () => {
      lists.closeAllConnections();
      lists.close();
    },
  };
}
