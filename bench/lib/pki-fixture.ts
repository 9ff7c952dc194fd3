import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  ATTRIBUTE_OID,
  anchorFromCertificate,
  authorityKeyIdentifier,
  basicConstraints,
  buildCertificate,
  buildCrl,
  buildName,
  type Certificate,
  type Crl,
  type CryptoEngine,
  createTrustStore,
  keyUsage,
  parseCertificate,
  parseCrl,
  parsePublicKeyInfo,
  type Signer,
  subjectKeyIdentifier,
  type TrustStore,
} from '@hufu/pki';
import { nodeSigner } from '@hufu/pki/node';

const DAY = 86_400_000;

export type Party = {
  readonly certificate: Certificate;
  readonly signer: Signer;
  readonly name: Uint8Array;
  readonly keyId: Uint8Array;
};

export type Trio = {
  readonly root: Party;
  readonly authority: Party;
  readonly end: Party;
  readonly store: TrustStore;
  /** A moment at which all of it is valid, ms UTC. */
  readonly at: number;
};

export type KeyChoice = 'sm2' | 'p256';

function newSigner(choice: KeyChoice): Signer {
  const namedCurve = choice === 'sm2' ? 'SM2' : 'prime256v1';
  const { privateKey } = generateKeyPairSync('ec', { namedCurve });
  return nodeSigner(new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })));
}

type Issue = {
  readonly name: string;
  readonly key: KeyChoice;
  readonly issuer?: Party;
  readonly ca: boolean;
};

async function issue({ name: text, key, issuer, ca }: Issue, at: number): Promise<Party> {
  const signer = newSigner(key);
  const name = buildName([
    { oid: ATTRIBUTE_OID.country, text: 'CN' },
    { oid: ATTRIBUTE_OID.commonName, text },
  ]);
  const { publicKey } = parsePublicKeyInfo(signer.publicKey);
  const keyId = new Uint8Array(createHash('sha1').update(publicKey).digest());
  const der = await buildCertificate(
    {
      serial: Uint8Array.of(1, ...keyId.subarray(0, 8)),
      issuer: issuer?.name ?? name,
      subject: name,
      notBefore: at - DAY,
      notAfter: at + DAY,
      publicKey: signer.publicKey,
      extensions: [
        ...(ca ? [basicConstraints({ ca })] : []),
        ca ? keyUsage('keyCertSign', 'cRLSign') : keyUsage('digitalSignature', 'nonRepudiation'),
        subjectKeyIdentifier(keyId),
        authorityKeyIdentifier(issuer?.keyId ?? keyId),
      ],
    },
    issuer?.signer ?? signer,
  );
  return { certificate: parseCertificate(der), signer, name, keyId };
}

/** Root, authority and holder with keys of one kind, and a store that knows the first two. */
export async function issueTrio(key: KeyChoice, engine: CryptoEngine): Promise<Trio> {
  const at = Date.now();
  const root = await issue({ name: 'Bench Root', key, ca: true }, at);
  const authority = await issue({ name: 'Bench Authority', key, issuer: root, ca: true }, at);
  const end = await issue({ name: 'Bench Holder', key, issuer: authority, ca: false }, at);
  const anchors = [anchorFromCertificate(root.certificate)];
  const store = createTrustStore({ engine, anchors, intermediates: [authority.certificate] });
  return { root, authority, end, store, at };
}

/** A current list that revokes as many other certificates, every third one with a reason. */
export function listBytes(issuer: Party, entries: number): Promise<Uint8Array> {
  const at = Date.now();
  return buildCrl(
    {
      issuer: issuer.name,
      thisUpdate: at - DAY,
      nextUpdate: at + DAY,
      crlNumber: 1n,
      authorityKeyIdentifier: issuer.keyId,
      entries: Array.from({ length: entries }, (_, i) => ({
        serial: new Uint8Array(createHash('sha256').update(`${i}`).digest().subarray(0, 16)),
        revokedAt: at - DAY,
        ...(i % 3 === 0 && { reason: 'keyCompromise' as const }),
      })),
    },
    issuer.signer,
  );
}

export const issueList = async (issuer: Party, entries: number): Promise<Crl> =>
  parseCrl(await listBytes(issuer, entries));
