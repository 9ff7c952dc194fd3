import { randomBytes } from 'node:crypto';
import { derUtf8String, encodeSm2Pkcs8, generateSm2KeyPair } from '@hufu/gm';
import { toBase64 } from '@hufu/kernel';
import {
  authorityInformationAccess,
  authorityKeyIdentifier,
  basicConstraints,
  buildCertId,
  buildCertificate,
  buildCrl,
  buildName,
  buildOcspResponse,
  type CrlEntrySpec,
  crlDistributionPoints,
  type ExtensionSpec,
  keyIdentifier,
  keyUsage,
  parseCertificate,
  parsePublicKeyInfo,
  type Signer,
  subjectKeyIdentifier,
} from '@hufu/pki';
import { nodeCryptoEngine, nodeSigner } from '@hufu/pki/node';
import type { TrustSeed } from '../../../src/features/trust/index.ts';
import { closedForm, REGION } from './trust-bench.ts';

const DAY = 86_400_000;
const KIND = '1.2.3.4.1';

/** An authority on paper: it makes certificates and lists in this process and answers nobody. */
export type PaperAuthority = {
  readonly root: Uint8Array;
  holder(options?: {
    readonly serial?: number;
    readonly key?: Signer;
    readonly extensions?: readonly ExtensionSpec[];
  }): Promise<Uint8Array>;
  list(options?: {
    readonly number?: bigint;
    readonly thisUpdate?: number;
    readonly nextUpdate?: number;
    readonly entries?: readonly CrlEntrySpec[];
  }): Promise<Uint8Array>;
  /** An OCSP response that says good. */
  status(certificate: Uint8Array, thisUpdate?: number): Promise<Uint8Array>;
  seed(change?: Partial<TrustSeed['authorities'][number]>): TrustSeed;
};

export const CRL_URL = 'http://ca.example/list.crl';
export const OCSP_URL = 'http://ca.example/ocsp';

export const sm2Signer = (): Signer => nodeSigner(encodeSm2Pkcs8(generateSm2KeyPair(randomBytes).privateKey));

let nextSerial = 0x4000;
const serialOf = (serial: number) => Uint8Array.of(serial >> 8, serial & 0xff);

export const named = (addresses: { crl?: string; ocsp?: string }): ExtensionSpec[] => [
  ...(addresses.crl === undefined ? [] : [crlDistributionPoints(addresses.crl)]),
  ...(addresses.ocsp === undefined ? [] : [authorityInformationAccess({ ocsp: addresses.ocsp })]),
];

export async function paperAuthority(id: string): Promise<PaperAuthority> {
  const signer = sm2Signer();
  const keyId = keyIdentifier(parsePublicKeyInfo(signer.publicKey));
  const name = buildName([
    { oid: '2.5.4.6', text: 'CN' },
    { oid: '2.5.4.3', text: `纸上CA ${id}` },
  ]);
  const now = Date.now();
  const root = await buildCertificate(
    {
      serial: serialOf(1),
      issuer: name,
      subject: name,
      notBefore: now - 100 * DAY,
      notAfter: now + 1000 * DAY,
      publicKey: signer.publicKey,
      extensions: [
        basicConstraints({ ca: true }),
        keyUsage('keyCertSign', 'cRLSign'),
        subjectKeyIdentifier(keyId),
        authorityKeyIdentifier(keyId),
      ],
    },
    signer,
  );
  return {
    root,
    async holder({ serial = nextSerial++, key = sm2Signer(), extensions = [] } = {}) {
      const subject = buildName([{ oid: '2.5.4.10', text: '北疆建设有限公司' }]);
      return buildCertificate(
        {
          serial: serialOf(serial),
          issuer: name,
          subject,
          notBefore: now - DAY,
          notAfter: now + 300 * DAY,
          publicKey: key.publicKey,
          extensions: [
            keyUsage('digitalSignature'),
            subjectKeyIdentifier(keyIdentifier(parsePublicKeyInfo(key.publicKey))),
            authorityKeyIdentifier(keyId),
            { oid: KIND, value: derUtf8String('企业') },
            ...extensions,
          ],
        },
        signer,
      );
    },
    list: ({ number = 1n, thisUpdate = now - 60_000, nextUpdate = now + DAY, entries = [] } = {}) =>
      buildCrl(
        { issuer: name, thisUpdate, nextUpdate, crlNumber: number, authorityKeyIdentifier: keyId, entries },
        signer,
      ),
    status(certificate, thisUpdate = Date.now() - 60_000) {
      const subject = { issuer: parseCertificate(root), serial: parseCertificate(certificate).serial };
      const certId = buildCertId(subject, nodeCryptoEngine());
      const nextUpdate = thisUpdate + 3_600_000;
      const responses = [{ certId, status: { kind: 'good' }, thisUpdate, nextUpdate }] as const;
      return buildOcspResponse({ producedAt: thisUpdate, responses }, signer);
    },
    seed: (change = {}) => ({
      profiles: [
        {
          id: 'paper',
          facts: {
            unitName: [{ at: 'subject', oid: '2.5.4.10' }],
            kind: [{ at: 'extension', oid: KIND, encoding: 'der-string', values: { 企业: 'enterprise' } }],
          },
        },
      ],
      authorities: [
        {
          id,
          name: `纸上CA ${id}`,
          nameEn: `Paper CA ${id}`,
          phone: '0471-7654321',
          website: null,
          region: REGION,
          profileId: 'paper',
          certificates: [toBase64(root)],
          crlUrls: [CRL_URL],
          ocspUrl: null,
          policy: closedForm(),
          joined: true,
          ...change,
        },
      ],
    }),
  };
}
