import {
  authorityKeyIdentifier,
  basicConstraints,
  buildCertificate,
  buildName,
  type Certificate,
  type ExtensionSpec,
  keyIdentifier,
  keyUsage,
  parseCertificate,
  parsePublicKeyInfo,
  type Signer,
  subjectKeyIdentifier,
} from '../../src/index.ts';
import { nodeSigner } from '../../src/node/index.ts';
import { type KeyChoice, newPrivateKey } from './keys.ts';

/** 2026-01-01 and 2027-01-01, UTC. */
export const START = Date.UTC(2026, 0, 1);
export const END = Date.UTC(2027, 0, 1);

export const name = (text: string): Uint8Array =>
  buildName([
    { oid: '2.5.4.6', text: 'CN' },
    { oid: '2.5.4.3', text },
  ]);

export type Entity = { readonly certificate: Certificate; readonly signer: Signer };

let serial = 1;

export type EntitySpec = {
  readonly text: string;
  readonly issuer?: Entity;
  readonly extensions?: readonly ExtensionSpec[];
  readonly notAfter?: number;
};

/** A certificate for a new key, self-signed unless an issuer is given. */
export async function newEntity(choice: KeyChoice, spec: EntitySpec): Promise<Entity> {
  const signer = nodeSigner(newPrivateKey(choice));
  const identifier = keyIdentifier(parsePublicKeyInfo(signer.publicKey));
  const issuer = spec.issuer?.certificate;
  const authority = [basicConstraints({ ca: true }), keyUsage('keyCertSign', 'cRLSign')];
  const der = await buildCertificate(
    {
      serial: Uint8Array.of(0x40, serial++ & 0xff, 7),
      issuer: issuer?.subject.der ?? name(spec.text),
      subject: name(spec.text),
      notBefore: START,
      notAfter: spec.notAfter ?? END,
      publicKey: signer.publicKey,
      extensions: [
        ...(spec.extensions ?? authority),
        subjectKeyIdentifier(identifier),
        authorityKeyIdentifier(issuer?.subjectKeyIdentifier ?? identifier),
      ],
    },
    spec.issuer?.signer ?? signer,
  );
  return { certificate: parseCertificate(der), signer };
}
