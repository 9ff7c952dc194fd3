import { createHash } from 'node:crypto';
import { buildCertificate } from '../../../src/build/certificate.ts';
import {
  authorityKeyIdentifier,
  basicConstraints,
  type ExtensionSpec,
  keyUsage,
  subjectKeyIdentifier,
} from '../../../src/build/extensions.ts';
import { buildName } from '../../../src/build/name.ts';
import type { Signer } from '../../../src/crypto-engine.ts';
import { nodeSigner } from '../../../src/node/index.ts';
import { parseCertificate } from '../../../src/x509/certificate.ts';
import { parsePublicKeyInfo } from '../../../src/x509/key.ts';
import type { Certificate, KeyUsageBit } from '../../../src/x509/model.ts';
import { ATTRIBUTE_OID } from '../../../src/x509/oids.ts';
import { type KeyChoice, newPrivateKey } from '../../support/keys.ts';

export const NOW = Date.UTC(2026, 10, 20, 8);
const YEAR = 365 * 86_400_000;

export type Issued = {
  readonly certificate: Certificate;
  readonly signer: Signer;
  /** Encoded subject. */
  readonly name: Uint8Array;
  readonly keyId: Uint8Array;
};

export type IssueOptions = {
  /** Common name; an organisation stands before it in every name. */
  readonly name?: string;
  /** Encoded subject instead. */
  readonly subject?: Uint8Array;
  /** None: self-signed. */
  readonly issuer?: Issued;
  /** Encoded issuer name instead of the issuer's own. */
  readonly issuerName?: Uint8Array;
  readonly key?: KeyChoice | Signer;
  /** An authority gets basicConstraints and keyCertSign, cRLSign. */
  readonly ca?: boolean;
  readonly pathLength?: number;
  /** null leaves the extension out. */
  readonly usage?: readonly KeyUsageBit[] | null;
  readonly extensions?: readonly ExtensionSpec[];
  /** OIDs of extensions that are to be missing. */
  readonly without?: readonly string[];
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly serial?: number;
};

let nextSerial = 0x1000;
let rsaSigner: Signer | undefined;

/** Making an RSA key takes as long as a whole test: all certificates of a file share one. */
function newSigner(choice: KeyChoice): Signer {
  if (choice !== 'rsa') return nodeSigner(newPrivateKey(choice));
  rsaSigner ??= nodeSigner(newPrivateKey('rsa'));
  return rsaSigner;
}

/** SHA-1 of the key's bits (RFC 5280 §4.2.1.2 method 1). */
export const keyIdOf = (signer: Signer): Uint8Array =>
  new Uint8Array(createHash('sha1').update(parsePublicKeyInfo(signer.publicKey).publicKey).digest());

export const nameOf = (commonName: string, organization = 'Path Tests'): Uint8Array =>
  buildName([
    { oid: ATTRIBUTE_OID.country, text: 'CN' },
    { oid: ATTRIBUTE_OID.organization, text: organization },
    { oid: ATTRIBUTE_OID.commonName, text: commonName },
  ]);

/** A certificate with all that RFC 5280 §4 asks for, unless told otherwise. */
export async function issue(options: IssueOptions): Promise<Issued> {
  const { key = 'p256', issuer, ca = false, extensions = [], without = [] } = options;
  const signer = typeof key === 'string' ? newSigner(key) : key;
  const name = options.subject ?? nameOf(options.name ?? 'End');
  const keyId = keyIdOf(signer);
  const usage = options.usage === undefined ? (ca ? CA_USAGE : END_USAGE) : options.usage;
  const standard: ExtensionSpec[] = [
    ...(ca
      ? [
          basicConstraints({
            ca,
            ...(options.pathLength !== undefined && { pathLength: options.pathLength }),
          }),
        ]
      : []),
    ...(usage ? [keyUsage(...usage)] : []),
    subjectKeyIdentifier(keyId),
    authorityKeyIdentifier(issuer?.keyId ?? keyId),
  ];
  const replaced = new Set([...without, ...extensions.map(({ oid }) => oid)]);
  const der = await buildCertificate(
    {
      serial: Uint8Array.of((options.serial ?? nextSerial) >> 8, (options.serial ?? nextSerial++) & 0xff),
      issuer: options.issuerName ?? issuer?.name ?? name,
      subject: name,
      notBefore: options.notBefore ?? NOW - YEAR,
      notAfter: options.notAfter ?? NOW + YEAR,
      publicKey: signer.publicKey,
      extensions: [...standard.filter(({ oid }) => !replaced.has(oid)), ...extensions],
    },
    issuer?.signer ?? signer,
  );
  return { certificate: parseCertificate(der), signer, name, keyId };
}

const CA_USAGE: readonly KeyUsageBit[] = ['keyCertSign', 'cRLSign'];
const END_USAGE: readonly KeyUsageBit[] = ['digitalSignature', 'nonRepudiation'];

export const issueRoot = (options: IssueOptions = {}): Promise<Issued> =>
  issue({ name: 'Root', ca: true, ...options });
