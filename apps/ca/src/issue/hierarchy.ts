import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '@hufu/kernel';
import { equalBytes } from '@hufu/kernel';
import { readIfPresent, writeDurably } from '@hufu/kernel/node';
import {
  ATTRIBUTE_OID,
  authorityInformationAccess,
  authorityKeyIdentifier,
  basicConstraints,
  buildCertificate,
  buildName,
  type Certificate,
  crlDistributionPoints,
  EXTENDED_KEY_USAGE_OID,
  type ExtensionSpec,
  extendedKeyUsage,
  keyIdentifier,
  keyUsage,
  ocspNoCheck,
  parseCertificate,
  parsePublicKeyInfo,
  type Signer,
  subjectKeyIdentifier,
} from '@hufu/pki';
import { caError } from '../errors.ts';
import { openKey } from '../keys/key-files.ts';
import type { Options } from '../options.ts';
import { addressOf, PATHS } from './addresses.ts';

/** A certificate of the authority itself, with its key. */
export type Entity = { readonly certificate: Certificate; readonly signer: Signer };

export type Hierarchy = {
  readonly root: Entity;
  readonly intermediate: Entity;
  readonly ocsp: Entity;
  readonly tsa: Entity;
};

const DAY = 86_400_000;
const YEAR = 365 * DAY;

type Role = keyof Hierarchy;

type Plan = {
  readonly label: string;
  readonly years: number;
  /** How far back it begins: certificates that are expired for the demo lie within their issuer's time. */
  readonly backdated: number;
  readonly extensions: readonly ExtensionSpec[];
};

const PLANS: Readonly<Record<Role, Plan>> = {
  root: {
    label: '根证书',
    years: 25,
    backdated: 5 * YEAR,
    extensions: [basicConstraints({ ca: true }), keyUsage('keyCertSign', 'cRLSign')],
  },
  intermediate: {
    label: '签发证书',
    years: 15,
    backdated: 5 * YEAR,
    extensions: [basicConstraints({ ca: true, pathLength: 0 }), keyUsage('keyCertSign', 'cRLSign')],
  },
  ocsp: {
    label: '证书状态服务',
    years: 3,
    backdated: DAY,
    extensions: [
      keyUsage('digitalSignature'),
      extendedKeyUsage([EXTENDED_KEY_USAGE_OID.ocspSigning]),
      ocspNoCheck(),
    ],
  },
  tsa: {
    label: '时间戳服务',
    years: 5,
    backdated: DAY,
    extensions: [
      keyUsage('digitalSignature', 'nonRepudiation'),
      extendedKeyUsage([EXTENDED_KEY_USAGE_OID.timeStamping], { critical: true }),
    ],
  },
};

/** Random serial numbers of 16 octets, positive (CA/Browser Forum asks for 64 bits of randomness at least). */
export function newSerial(): Uint8Array {
  const serial = new Uint8Array(randomBytes(16));
  serial[0] = (serial[0]! & 0x7f) | 0x40;
  return serial;
}

export type HierarchyContext = {
  readonly options: Options;
  readonly baseUrl: string;
  readonly clock: Clock;
};

function pointers(role: Role, baseUrl: string): ExtensionSpec[] {
  if (role === 'root') return [];
  const below = role === 'intermediate' ? 'root' : 'intermediate';
  const crl = below === 'root' ? PATHS.rootCrl : PATHS.intermediateCrl;
  return [
    crlDistributionPoints(addressOf(baseUrl, crl)),
    authorityInformationAccess({ issuer: addressOf(baseUrl, PATHS[below]) }),
  ];
}

async function makeCertificate(
  role: Role,
  parts: { readonly signer: Signer; readonly issuer: Entity | undefined },
  context: HierarchyContext,
): Promise<Certificate> {
  const { signer, issuer } = parts;
  const plan = PLANS[role];
  const now = context.clock.now();
  const notBefore = now - plan.backdated;
  const subject = buildName([
    { oid: ATTRIBUTE_OID.country, text: 'CN' },
    { oid: ATTRIBUTE_OID.organization, text: context.options.name },
    { oid: ATTRIBUTE_OID.commonName, text: `${context.options.name} ${plan.label}` },
  ]);
  const ownIdentifier = keyIdentifier(parsePublicKeyInfo(signer.publicKey));
  const der = await buildCertificate(
    {
      serial: newSerial(),
      issuer: issuer?.certificate.subject.der ?? subject,
      subject,
      notBefore,
      notAfter: Math.min(
        notBefore + plan.years * YEAR,
        issuer?.certificate.notAfter ?? Number.POSITIVE_INFINITY,
      ),
      publicKey: signer.publicKey,
      extensions: [
        ...plan.extensions,
        subjectKeyIdentifier(ownIdentifier),
        authorityKeyIdentifier(issuer?.certificate.subjectKeyIdentifier ?? ownIdentifier),
        ...pointers(role, context.baseUrl),
      ],
    },
    issuer?.signer ?? signer,
  );
  return parseCertificate(der);
}

/** Opens or makes one member. The services' certificates are renewed at start in their last 90 days. */
async function openEntity(
  role: Role,
  parts: { readonly signer: Signer; readonly issuer: Entity | undefined },
  context: HierarchyContext,
): Promise<Entity> {
  const path = join(context.options.dataDir, `${role}.cer`);
  const { signer } = parts;
  const file = await readIfPresent(path);
  const known = file === undefined ? undefined : parseCertificate(file);
  if (known !== undefined && !equalBytes(known.spki.der, signer.publicKey)) {
    throw caError('CA_KEY_FILE', { name: role });
  }
  const service = role === 'ocsp' || role === 'tsa';
  const ending = known !== undefined && service && known.notAfter - context.clock.now() < 90 * DAY;
  if (known !== undefined && !ending) return { certificate: known, signer };
  const certificate = await makeCertificate(role, parts, context);
  await writeDurably(path, certificate.der);
  return { certificate, signer };
}

/** Root, intermediate and services, made at the first start. @throws CA_KEY_FILE, GM_KEY_PASSWORD */
export async function openHierarchy(context: HierarchyContext): Promise<Hierarchy> {
  const roles: readonly Role[] = ['root', 'intermediate', 'ocsp', 'tsa'];
  // Side by side: the work of the passphrases is most of a start.
  const keys = await Promise.all(roles.map((role) => openKey(role, context.options)));
  const open = (role: Role, issuer: Entity | undefined): Promise<Entity> =>
    openEntity(role, { signer: keys[roles.indexOf(role)]!, issuer }, context);
  const root = await open('root', undefined);
  const intermediate = await open('intermediate', root);
  const ocsp = await open('ocsp', intermediate);
  const tsa = await open('tsa', intermediate);
  return { root, intermediate, ocsp, tsa };
}
