import { derNull, derOid, derSequence } from '@hufu/gm';
import {
  type AlgorithmIdentifier,
  type Certificate,
  type CryptoEngine,
  type HolderFacts,
  hasDoubtfulFacts,
  type Medium,
  SIGNATURE_OID,
} from '@hufu/pki';
import type { CertificateJudging, Judgement, JudgeStep, Known } from './usecases/judge-certificate.ts';
import { nameText } from './usecases/list-authorities.ts';

/** A certificate as other features read it: texts, hashes and times, no structures of ours. */
export type ReadCertificate = {
  readonly der: Uint8Array;
  /** SHA-256 of the DER, hexadecimal. */
  readonly fingerprint: string;
  readonly issuerSha256: string;
  readonly serialNumber: string;
  readonly spkiSha256: string;
  readonly issuerName: string;
  readonly algorithm: string;
  /** ms UTC */
  readonly validFrom: number;
  readonly validTo: number;
  /** Null: issued by nobody whom we recognise. */
  readonly authority: { readonly id: string; readonly name: string; readonly phone: string } | null;
  readonly holderKind: HolderFacts['kind'];
  readonly unitName: string | null;
  readonly uscc: string | null;
  /** Of the person that it names, where it names one. */
  readonly personName: string | null;
  readonly personIdNo: string | null;
  /** Decisive facts can be read in two ways, or deceive: no ground for a binding. */
  readonly doubtful: boolean;
  readonly certKeyNo: string;
  readonly certKeyNoAssigned: boolean;
  readonly medium: Medium | 'unknown';
  readonly mediaNo: string | null;
};

export type CertificateVerdict =
  | { readonly allowed: true; readonly advice: readonly string[] }
  | {
      readonly allowed: false;
      readonly code: string;
      /** `hint` and `hintEn` are the second line (HUB-054). */
      readonly fields: Readonly<Record<string, string | number | boolean>>;
    };

/** The judge in the words of those who log people in. */
export type CertificateJudge = {
  /** @throws CodedError CERTIFICATE_MALFORMED */
  read(der: Uint8Array): Promise<ReadCertificate>;
  /** Whether the certificate's key made this signature over these bytes. */
  verify(certificate: ReadCertificate, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
  /** Path, revocation, policy, region. Waits for a slow authority up to its budget. */
  judge(
    certificate: ReadCertificate,
    onStep?: (step: 'SIGNATURE' | JudgeStep) => void,
  ): Promise<CertificateVerdict>;
  /** How long `judge` may wait for this certificate's authority, ms. */
  budgetMs(certificate: ReadCertificate): number;
};

export type CertificateJudgeParts = {
  readonly judging: CertificateJudging;
  readonly engine: CryptoEngine;
  readonly budgetOf: (authorityId: string) => number;
};

/** Advice that a page shows after a login under grace. */
export const GRACE_ADVICE = 'TRUST_GRACE_USED';

export function createCertificateJudge({
  judging,
  engine,
  budgetOf,
}: CertificateJudgeParts): CertificateJudge {
  return {
    read: async (der) => readOf(await judging.read(der, 'sign')),
    async verify({ der }, message, signature) {
      const { certificate } = await judging.read(der, 'sign');
      const algorithm = signatureOf(certificate);
      return algorithm !== undefined && engine.verify(certificate.spki, algorithm, message, signature);
    },
    async judge({ der }, onStep) {
      const judgement = await judging.judge({
        certificate: der,
        purpose: 'sign',
        ...(onStep === undefined ? {} : { onProgress: ({ step }) => onStep(step) }),
      });
      return verdictOf(judgement);
    },
    budgetMs: ({ authority }) => (authority === null ? 0 : budgetOf(authority.id)),
  };
}

function readOf({ certificate, fingerprint, identity, recognition }: Known): ReadCertificate {
  const known = recognition.status === 'unrecognised' ? undefined : recognition;
  const facts = known?.facts;
  return {
    der: certificate.der,
    fingerprint,
    issuerSha256: identity.issuerHash,
    serialNumber: identity.serialHex,
    spkiSha256: identity.publicKeyHash,
    issuerName: nameText({ subject: certificate.issuer }),
    algorithm: algorithmName(certificate),
    validFrom: certificate.notBefore,
    validTo: certificate.notAfter,
    authority:
      known === undefined || facts === undefined
        ? null
        : { id: known.authority.id, name: known.authority.name, phone: known.authority.phone },
    holderKind: facts?.kind ?? 'unknown',
    unitName: facts?.unitName ?? null,
    uscc: facts?.uscc ?? null,
    personName: facts?.personName ?? null,
    personIdNo: facts?.personIdNo ?? null,
    doubtful: facts !== undefined && hasDoubtfulFacts(facts),
    certKeyNo: facts?.keyNo ?? certificate.serialHex,
    certKeyNoAssigned: facts?.keyNoAssigned ?? false,
    medium: facts?.medium ?? 'unknown',
    mediaNo: facts?.mediumNo ?? null,
  };
}

function algorithmName({ spki }: Certificate): string {
  const names: Partial<Record<typeof spki.kind, string>> = {
    sm2: 'SM2',
    p256: 'ECDSA P-256',
    p384: 'ECDSA P-384',
  };
  return spki.kind === 'rsa' ? `RSA-${spki.bits}` : (names[spki.kind] ?? spki.kind);
}

function verdictOf({ decision, refusal }: Judgement): CertificateVerdict {
  if (decision.allow) return { allowed: true, advice: decision.grace === undefined ? [] : [GRACE_ADVICE] };
  const fields: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(refusal?.fields ?? {})) {
    if (typeof value !== 'object') fields[name] = value;
  }
  const { zh, en } = refusal?.hint ?? { zh: undefined, en: undefined };
  if (zh !== undefined) fields['hint'] = zh;
  if (en !== undefined) fields['hintEn'] = en;
  return { allowed: false, code: decision.code, fields };
}

const identifier = (oid: string, parameters?: Uint8Array): AlgorithmIdentifier => ({
  der: derSequence(derOid(oid), parameters),
  oid,
  parameters,
});

/** The algorithm that the key bridge uses with each kind of key; a signature by any other is none. */
const SIGNATURES: Partial<Record<Certificate['spki']['kind'], AlgorithmIdentifier>> = {
  sm2: identifier(SIGNATURE_OID.sm2Sm3),
  p256: identifier(SIGNATURE_OID.ecdsaSha256),
  p384: identifier(SIGNATURE_OID.ecdsaSha384),
  rsa: identifier(SIGNATURE_OID.rsaSha256, derNull()),
};

const signatureOf = ({ spki }: Certificate): AlgorithmIdentifier | undefined => SIGNATURES[spki.kind];
