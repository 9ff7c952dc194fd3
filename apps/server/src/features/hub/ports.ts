import type { HolderKind } from './domain/eligibility.ts';

/** What a certificate says about itself and its holder, read by the profile of its authority (OD-41). */
export type ReadCertificate = {
  readonly der: Uint8Array;
  /** SHA-256 of the DER, hexadecimal. */
  readonly fingerprint: string;
  readonly issuerSha256: string;
  readonly serialNumber: string;
  readonly spkiSha256: string;
  readonly issuerName: string;
  readonly algorithm: string;
  readonly validFrom: number;
  readonly validTo: number;
  /** Null: issued by nobody whom we recognise. */
  readonly authority: { readonly id: string; readonly name: string; readonly phone: string } | null;
  readonly holderKind: HolderKind;
  readonly unitName: string | null;
  readonly uscc: string | null;
  /** Decisive facts can be read in two ways, or not at all: no ground for a binding. */
  readonly doubtful: boolean;
  readonly certKeyNo: string;
  readonly certKeyNoAssigned: boolean;
  readonly medium: 'usb-key' | 'phone' | 'software' | 'unknown';
  readonly mediaNo: string | null;
};

/** The authority's word turned into yes or no by its policy; a no carries what the holder needs to know. */
export type Verdict =
  | { readonly allowed: true; readonly advice: readonly string[] }
  | {
      readonly allowed: false;
      readonly code: string;
      readonly fields: Readonly<Record<string, string | number | boolean>>;
    };

export type JudgeStep = 'SIGNATURE' | 'PATH' | 'REVOCATION';

/** What the hub needs of the trust feature. */
export type CertificateJudge = {
  /** @throws CodedError when the bytes are no certificate */
  read(der: Uint8Array): Promise<ReadCertificate>;
  /** Whether the certificate's key made this signature over these bytes. */
  verify(certificate: ReadCertificate, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
  /** Path from our own trust store, revocation, policy, region. Waits for a slow authority up to its budget. */
  judge(certificate: ReadCertificate, onStep?: (step: JudgeStep) => void): Promise<Verdict>;
  /** How long `judge` may wait for this certificate's authority, ms. */
  budgetMs(certificate: ReadCertificate): number;
};
