import { createHash, randomBytes } from 'node:crypto';
import { type Clock, canonicalJsonBytes, fromBase64, type JsonValue, toBase64, toHex } from '@hufu/kernel';
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
  publicKeyHash,
  type SubjectPublicKeyInfo,
  subjectKeyIdentifier,
} from '@hufu/pki';
import { caError } from '../errors.ts';
import type { Options } from '../options.ts';
import type { Store } from '../state/store.ts';
import type { Holder } from '../vendors/holder.ts';
import { VENDORS } from '../vendors/index.ts';
import { mediumExtensions } from '../vendors/layout.ts';
import { addressOf, PATHS } from './addresses.ts';
import { chooseEncryptionKey, type EncryptionKey } from './encryption-key.ts';
import { type Hierarchy, newSerial } from './hierarchy.ts';
import { readRequest } from './read-request.ts';

export type IssueOrder = {
  /** PKCS #10, DER. */
  readonly csr: Uint8Array;
  /** PKCS #10, DER: the holder's own encryption key; without it, one is made here (SM2 alone). */
  readonly encryptionCsr?: Uint8Array | undefined;
  /** Serial number of the holder's earlier encryption certificate, whose key is certified again (OD-31). */
  readonly encryptionOf?: string | undefined;
  /** Of whoever orders: the same one twice is carried out once. */
  readonly reference?: string | undefined;
  readonly holder: Omit<Holder, 'keyNo'> & { readonly keyNo: string | undefined };
  readonly notBefore: number | undefined;
  readonly notAfter: number | undefined;
  readonly variant: 'normal' | 'wrong-usage' | 'weak-key';
};

export type Issued = {
  readonly keyNo: string;
  readonly certificate: Certificate;
  readonly encryption:
    | { readonly certificate: Certificate; readonly envelopedKey: Uint8Array | undefined }
    | undefined;
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
        ...mediumExtensions(leaf.holder),
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

/** What was issued for a reference before; undefined for a new one. @throws CA_ORDER_DIFFERS */
export function carriedOut(
  { reference, digest }: { readonly reference: string; readonly digest?: string },
  { store: { register } }: Pick<IssuingContext, 'store'>,
): Issued | undefined {
  const known = register.order(reference);
  if (known === undefined) return undefined;
  if (digest !== undefined && known.digest !== digest) throw caError('CA_ORDER_DIFFERS');
  const [signing, second] = known.serials.map((serialHex) => register.get(serialHex));
  return {
    keyNo: signing!.keyNo,
    certificate: signing!.certificate,
    encryption: second && {
      certificate: second.certificate,
      envelopedKey: known.envelopedKey === undefined ? undefined : fromBase64(known.envelopedKey),
    },
  };
}

/**
 * Issues an end-entity certificate for the key of a request; an SM2 authority issues the encryption certificate
 * beside it. Subject and extensions come from the order, never from the request. An order with a reference is carried
 * out once, however often it comes.
 * @throws CA_REQUEST_SIGNATURE, CA_KEY_KIND, CA_KEY_REUSED, CA_INPUT, CA_ENCRYPTION_KEY, CA_RENEWAL, CA_ORDER_DIFFERS,
 * and what parsing the request throws
 */
export async function issueCertificate(order: IssueOrder, context: IssuingContext): Promise<Issued> {
  const { reference } = order;
  if (reference === undefined) return issueAnew(order, { context, identity: undefined });
  const identity = { reference, digest: orderDigest(order) };
  const known = carriedOut(identity, context);
  if (known !== undefined) return known;
  try {
    return await issueAnew(order, { context, identity });
  } catch (error) {
    // The same order, a moment earlier.
    const meanwhile = carriedOut(identity, context);
    if (meanwhile !== undefined) return meanwhile;
    throw error;
  }
}

/** SHA-256 (hexadecimal) of all that is ordered. */
function orderDigest({ csr, encryptionCsr, ...order }: IssueOrder): string {
  const content = {
    ...order,
    csr: toBase64(csr),
    encryptionCsr: encryptionCsr === undefined ? null : toBase64(encryptionCsr),
  };
  return createHash('sha256')
    .update(canonicalJsonBytes(JSON.parse(JSON.stringify(content)) as JsonValue))
    .digest('hex');
}

type Run = {
  readonly context: IssuingContext;
  readonly identity: { readonly reference: string; readonly digest: string } | undefined;
};

async function issueAnew(order: IssueOrder, { context, identity }: Run): Promise<Issued> {
  const { options, clock, store } = context;
  const request = await readRequest(order.csr, context.engine);
  checkKey(request.spki, order.variant, options);

  const now = clock.now();
  const notBefore = order.notBefore ?? now - 300_000;
  const notAfter = order.notAfter ?? notBefore + YEAR;
  if (notAfter <= notBefore) throw caError('CA_INPUT', { path: ['notAfter'] });
  const keyNo = order.holder.keyNo ?? newKeyNo(order.holder.kind);
  const holder: Holder = { ...order.holder, keyNo };
  const isDouble = options.algorithm === 'sm2';
  if (!isDouble && (order.encryptionCsr ?? order.encryptionOf) !== undefined)
    throw caError('CA_ENCRYPTION_KEY');
  const usage = order.variant === 'wrong-usage' ? 'wrong' : isDouble ? 'sign' : 'both';
  const leaf: Leaf = { key: request.spki, usage, holder, notBefore, notAfter };

  const second = isDouble
    ? await chooseEncryptionKey({ ...order, signing: request.spki, holder }, context)
    : undefined;
  const certificate = await signLeaf(leaf, context);
  const encryption = second && (await certifySecond(second, leaf, context));
  const entry = (one: Certificate, purpose: 'sign' | 'encrypt') => ({
    serialHex: one.serialHex,
    purpose,
    certificate: toBase64(one.der),
  });
  await store.change((register) => {
    if (identity !== undefined && register.order(identity.reference) !== undefined)
      throw caError('CA_ORDER_DIFFERS');
    const fresh = [
      request.spki,
      ...(second === undefined || second.from === 'certificate' ? [] : [second.key]),
    ];
    if (fresh.some((key) => register.hasKey(publicKeyHash(key)))) throw caError('CA_KEY_REUSED');
    const certificates = [entry(certificate, 'sign')];
    if (encryption !== undefined) certificates.push(entry(encryption.certificate, 'encrypt'));
    const envelopedKey = encryption?.envelopedKey && toBase64(encryption.envelopedKey);
    return {
      type: 'issued',
      at: now,
      kind: holder.kind,
      keyNo,
      certificates,
      ...(identity === undefined
        ? {}
        : { order: { ...identity, ...(envelopedKey === undefined ? {} : { envelopedKey }) } }),
    };
  });
  return { keyNo, certificate, encryption };
}

const certifySecond = async (second: EncryptionKey, leaf: Leaf, context: IssuingContext) => ({
  certificate: await signLeaf({ ...leaf, key: second.key, usage: 'encrypt' }, context),
  envelopedKey: second.envelopedKey,
});
