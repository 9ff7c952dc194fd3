import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  authorityKeyIdentifier,
  basicConstraints,
  buildCertificate,
  buildName,
  buildTimeStampRequest,
  buildTimeStampResponse,
  type Certificate,
  type DigestAlgorithm,
  digest,
  EXTENDED_KEY_USAGE_OID,
  type ExtensionSpec,
  extendedKeyUsage,
  keyIdentifier,
  keyUsage,
  parseCertificate,
  parsePublicKeyInfo,
  parseTimeStampRequest,
  parseTimeStampResponse,
  type Signer,
  subjectKeyIdentifier,
} from '@hufu/pki';
import { nodeCryptoEngine, nodeSigner } from '@hufu/pki/node';
import { vi } from 'vitest';

// Finding the primes of an RSA key, and a hundred signatures, take seconds when the machine is busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

export const engine = nodeCryptoEngine();

/** 2026-11-20 in Beijing, and the time for which the certificates are made. */
export const NOW = Date.UTC(2026, 10, 20, 4, 30, 5);
const YEAR = 365 * 86_400_000;

export type KeyChoice = 'rsa' | 'p256' | 'p384' | 'sm2' | 'rsa-1024';

export type Party = { readonly certificate: Certificate; readonly signer: Signer };

const CURVES = { p256: 'prime256v1', p384: 'secp384r1', sm2: 'SM2' } as const;

function newSigner(choice: KeyChoice): Signer {
  const { privateKey, publicKey } =
    choice === 'rsa' || choice === 'rsa-1024'
      ? generateKeyPairSync('rsa', { modulusLength: choice === 'rsa' ? 2048 : 1024 })
      : generateKeyPairSync('ec', { namedCurve: CURVES[choice] });
  if (choice !== 'p384') {
    return nodeSigner(new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })));
  }
  // No signer is made for such a key: its certificate is all that is looked at.
  return {
    algorithm: 'ecdsa-p256-sha256',
    publicKey: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    sign: () => Promise.reject(new Error('unused')),
  };
}

const name = (text: string): Uint8Array =>
  buildName([
    { oid: '2.5.4.6', text: 'CN' },
    { oid: '2.5.4.3', text },
  ]);

export type PartySpec = {
  readonly text: string;
  readonly issuer?: Party;
  readonly extensions?: readonly ExtensionSpec[];
};

const AUTHORITY = [basicConstraints({ ca: true }), keyUsage('keyCertSign', 'cRLSign')];

/** A certificate for a new key: an authority unless extensions are given, self-signed unless an issuer is. */
export async function newParty(
  choice: KeyChoice,
  { text, issuer, extensions = AUTHORITY }: PartySpec,
): Promise<Party> {
  const signer = newSigner(choice);
  const identifier = keyIdentifier(parsePublicKeyInfo(signer.publicKey));
  const der = await buildCertificate(
    {
      serial: Uint8Array.of(0x40, ...randomBytes(8)),
      issuer: issuer?.certificate.subject.der ?? name(text),
      subject: name(text),
      notBefore: NOW - YEAR,
      notAfter: NOW + YEAR,
      publicKey: signer.publicKey,
      extensions: [
        ...extensions,
        subjectKeyIdentifier(identifier),
        authorityKeyIdentifier(issuer?.certificate.subjectKeyIdentifier ?? identifier),
      ],
    },
    issuer?.signer ?? signer,
  );
  return { certificate: parseCertificate(der), signer };
}

export const FOR_SIGNATURES = [
  basicConstraints({ ca: false }),
  keyUsage('digitalSignature', 'nonRepudiation'),
];

/** A holder and the authority that vouches for it. */
export async function newHolder(choice: 'rsa' | 'p256' | 'sm2'): Promise<Party & { readonly root: Party }> {
  const root = await newParty(choice, { text: `测试根 ${choice}` });
  const holder = await newParty(choice, {
    text: '内蒙古测试建设有限公司',
    issuer: root,
    extensions: FOR_SIGNATURES,
  });
  return { ...holder, root };
}

/** A time-stamp authority: gives a token for a digest. */
export async function newTimeStamper(choice: 'p256' | 'sm2') {
  const purpose = extendedKeyUsage([EXTENDED_KEY_USAGE_OID.timeStamping], { critical: true });
  const root = await newParty(choice, { text: '时间戳根' });
  const { certificate, signer } = await newParty(choice, {
    text: '时间戳服务',
    issuer: root,
    extensions: [basicConstraints({ ca: false }), keyUsage('digitalSignature'), purpose],
  });
  const stamp = async (algorithm: DigestAlgorithm, hash: Uint8Array): Promise<Uint8Array> => {
    const request = parseTimeStampRequest(
      buildTimeStampRequest({ digest: algorithm, hash, certificateRequested: true }),
    );
    const answer = await buildTimeStampResponse(
      {
        request,
        policy: '1.2.3.4',
        serial: Uint8Array.from(randomBytes(8)),
        at: NOW + 1000,
        accuracySeconds: 1,
        certificate,
      },
      signer,
      engine,
    );
    return parseTimeStampResponse(answer).token!.der;
  };
  return {
    root,
    certificate,
    stamp,
    /** Over a signature value. */
    over: (signature: Uint8Array) => stamp('sha256', digest('sha256', signature)),
  };
}
