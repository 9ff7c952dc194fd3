import { randomBytes } from 'node:crypto';
import { encodeSm2Spki, generateSm2KeyPair, sealSm2KeyPair } from '@hufu/gm';
import { type Clock, toBase64, toHex } from '@hufu/kernel';
import {
  authorityInformationAccess,
  authorityKeyIdentifier,
  basicConstraints,
  buildCertificate,
  buildName,
  type Certificate,
  type CryptoEngine,
  crlDistributionPoints,
  EXTENDED_KEY_USAGE_OID,
  extendedKeyUsage,
  type HolderKind,
  type KeyUsageBit,
  keyIdentifier,
  keyUsage,
  parseCertificate,
  parseCertificationRequest,
  parsePublicKeyInfo,
  publicKeyHash,
  type SubjectPublicKeyInfo,
  subjectKeyIdentifier,
  verifyCertificationRequest,
} from '@hufu/pki';
import { caError } from '../errors.ts';
import type { Options } from '../options.ts';
import type { Store } from '../state/store.ts';
import type { Holder } from '../vendors/holder.ts';
import { VENDORS } from '../vendors/index.ts';
import { addressOf, PATHS } from './addresses.ts';
import { type Hierarchy, newSerial } from './hierarchy.ts';

export type IssueOrder = {
  /** PKCS #10, DER. */
  readonly csr: Uint8Array;
  readonly holder: Omit<Holder, 'keyNo'> & { readonly keyNo: string | undefined };
  readonly notBefore: number | undefined;
  readonly notAfter: number | undefined;
  readonly variant: 'normal' | 'wrong-usage' | 'weak-key';
};

export type Issued = {
  readonly keyNo: string;
  readonly certificate: Certificate;
  readonly encryption: { readonly certificate: Certificate; readonly envelopedKey: Uint8Array } | undefined;
};

export type IssuingContext = {
  readonly options: Options;
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly engine: CryptoEngine;
  readonly hierarchy: Hierarchy;
  readonly store: Store;
};

const YEAR = 365 * 86_400_000;

type Usage = 'sign' | 'encrypt' | 'both' | 'wrong';

/** GB/T 20518 for the pair; one certificate for both purposes elsewhere. An EC key agrees on keys, it encrypts none. */
function usageBits(usage: Usage, algorithm: Options['algorithm']): KeyUsageBit[] {
  const secrecy: KeyUsageBit[] =
    algorithm === 'p256' ? ['keyAgreement'] : ['keyEncipherment', 'dataEncipherment'];
  switch (usage) {
    case 'sign':
      return ['digitalSignature', 'nonRepudiation'];
    case 'encrypt':
      return ['keyEncipherment', 'dataEncipherment', 'keyAgreement'];
    case 'both':
      return ['digitalSignature', 'nonRepudiation', ...secrecy];
    case 'wrong':
      return secrecy;
  }
}

type Leaf = {
  readonly key: SubjectPublicKeyInfo;
  readonly usage: Usage;
  readonly holder: Holder;
  readonly notBefore: number;
  readonly notAfter: number;
};

async function signLeaf(leaf: Leaf, context: IssuingContext): Promise<Certificate> {
  const { options, baseUrl, hierarchy } = context;
  const { certificate: issuer, signer } = hierarchy.intermediate;
  const layout = VENDORS[options.vendor];
  const { clientAuth, emailProtection } = EXTENDED_KEY_USAGE_OID;
  const der = await buildCertificate(
    {
      serial: newSerial(),
      issuer: issuer.subject.der,
      subject: buildName(layout.subject(leaf.holder)),
      notBefore: leaf.notBefore,
      notAfter: leaf.notAfter,
      publicKey: leaf.key.der,
      extensions: [
        basicConstraints({ ca: false }),
        keyUsage(...usageBits(leaf.usage, options.algorithm)),
        extendedKeyUsage([clientAuth, emailProtection]),
        subjectKeyIdentifier(keyIdentifier(leaf.key)),
        authorityKeyIdentifier(issuer.subjectKeyIdentifier ?? keyIdentifier(issuer.spki)),
        crlDistributionPoints(addressOf(baseUrl, PATHS.intermediateCrl)),
        authorityInformationAccess({
          ocsp: addressOf(baseUrl, PATHS.ocsp),
          issuer: addressOf(baseUrl, PATHS.intermediate),
        }),
        ...layout.extensions(leaf.holder),
      ],
    },
    signer,
  );
  return parseCertificate(der);
}

/** The key must be of the authority's own kind; a short RSA key passes only when a weak one is ordered. @throws CA_KEY_KIND */
function checkKey(key: SubjectPublicKeyInfo, variant: IssueOrder['variant'], options: Options): void {
  const minimum = variant === 'weak-key' ? 512 : 2048;
  const strongEnough = key.kind !== 'rsa' || key.bits >= minimum;
  if (key.kind !== options.algorithm || !strongEnough) {
    throw caError('CA_KEY_KIND', { kind: key.kind, bits: key.bits });
  }
}

/** 证书Key号 of this authority: the kind's letter and 15 digits. */
function newKeyNo(kind: HolderKind): string {
  const digits = (BigInt(`0x${toHex(randomBytes(8))}`) % 10n ** 15n).toString().padStart(15, '0');
  return kind.charAt(0).toUpperCase() + digits;
}

/** Makes the encryption key pair, certifies it, and seals it to the holder's signing key. */
async function issueEncryption(
  leaf: Leaf,
  context: IssuingContext,
): Promise<{ certificate: Certificate; envelopedKey: Uint8Array }> {
  const keyPair = generateSm2KeyPair(randomBytes);
  const key = parsePublicKeyInfo(encodeSm2Spki(keyPair.publicKey));
  const envelopedKey = sealSm2KeyPair(leaf.key.publicKey, keyPair, randomBytes);
  keyPair.privateKey.fill(0);
  return { certificate: await signLeaf({ ...leaf, key, usage: 'encrypt' }, context), envelopedKey };
}

/**
 * Issues an end-entity certificate for the key of a request; an SM2 authority issues the encryption certificate
 * beside it. Subject and extensions come from the order, never from the request.
 * @throws CA_REQUEST_SIGNATURE, CA_KEY_KIND, CA_KEY_REUSED, CA_INPUT, and what parsing the request throws
 */
export async function issueCertificate(order: IssueOrder, context: IssuingContext): Promise<Issued> {
  const { options, engine, clock, store } = context;
  const request = parseCertificationRequest(order.csr);
  if (!(await verifyCertificationRequest(request, engine))) throw caError('CA_REQUEST_SIGNATURE');
  checkKey(request.spki, order.variant, options);

  const now = clock.now();
  const notBefore = order.notBefore ?? now - 300_000;
  const notAfter = order.notAfter ?? notBefore + YEAR;
  if (notAfter <= notBefore) throw caError('CA_INPUT', { path: ['notAfter'] });
  const keyNo = order.holder.keyNo ?? newKeyNo(order.holder.kind);
  const holder: Holder = { ...order.holder, keyNo };
  const isDouble = options.algorithm === 'sm2';
  const usage = order.variant === 'wrong-usage' ? 'wrong' : isDouble ? 'sign' : 'both';
  const leaf: Leaf = { key: request.spki, usage, holder, notBefore, notAfter };

  const certificate = await signLeaf(leaf, context);
  const encryption = isDouble ? await issueEncryption(leaf, context) : undefined;
  const entry = (one: Certificate, purpose: 'sign' | 'encrypt') => ({
    serialHex: one.serialHex,
    purpose,
    certificate: toBase64(one.der),
  });
  await store.change((register) => {
    if (register.hasKey(publicKeyHash(request.spki))) throw caError('CA_KEY_REUSED');
    const certificates = [entry(certificate, 'sign')];
    if (encryption !== undefined) certificates.push(entry(encryption.certificate, 'encrypt'));
    return { type: 'issued', at: now, kind: holder.kind, keyNo, certificates };
  });
  return { keyNo, certificate, encryption };
}
