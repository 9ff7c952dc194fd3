import type { Tx } from '../../infra/database/database.ts';
import type { HolderKind } from './domain/eligibility.ts';

export type AuthorityCard = { readonly id: string; readonly name: string; readonly phone: string };

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
  readonly authority: AuthorityCard | null;
  readonly holderKind: HolderKind;
  readonly unitName: string | null;
  readonly uscc: string | null;
  /** Of the person that it names, where it names one. */
  readonly personName: string | null;
  readonly personIdNo: string | null;
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
      /** `hint`, `hintEn`: the second line (14a on HUB-054). */
      readonly fields: Readonly<Record<string, string | number | boolean | readonly string[]>>;
    };

/** What the hub needs of the trust feature. */
export type CertificateJudge = {
  /** @throws CodedError when the bytes are no certificate */
  read(der: Uint8Array): Promise<ReadCertificate>;
  /** Whether the certificate's key made this signature over these bytes. */
  verify(certificate: ReadCertificate, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
  /** Path from our own trust store, revocation, policy, region. Waits for a slow authority up to its budget. */
  judge(certificate: ReadCertificate): Promise<Verdict>;
  /** How long `judge` may wait for this certificate's authority, ms. */
  budgetMs(certificate: ReadCertificate): number;
};

/** One id of an organisation for the hub, the library and its seals (GEN-001), made where there is none. */
export type OrganisationIdentities = {
  organisation(tx: Tx, who: { readonly uscc: string; readonly at: Date }): Promise<string>;
};

/** The library of this installation among the hub's targets: entered by a step of ours, not by an OpenID request. */
export type LibraryDoor = {
  /** Its code among the platforms. */
  readonly target: string;
  /** After 「确认登录」. @returns where the browser goes */
  enter(
    tx: Tx,
    entry: { readonly sessionId: string; readonly enterpriseId: string; readonly certificateId: string },
  ): Promise<{ redirectTo: string }>;
};

/** Who stands behind a phone's signature, and where that person may go with it (MOB-047, MOB-050). */
export type PhonePeople = {
  /** The user who has answered this challenge by a scan; undefined: no phone did. */
  signer(challengeId: string): Promise<string | undefined>;
  /** Certificates that are no phone's pass. @throws what stands against it, which is on record */
  admit(entry: {
    /** SHA-256 of the certificate, hexadecimal. */
    readonly fingerprint: string;
    readonly userId: string | null;
    /** Code of a platform, or LIBRARY. */
    readonly scope: string;
  }): Promise<void>;
};

/** Name and telephone of an authority as they are now. */
export type AuthorityDirectory = (id: string) => Promise<AuthorityCard | undefined>;

/** What the hub shows of a trading platform, and whether it can be entered. */
export type PlatformDoor = {
  readonly code: string;
  readonly clientId: string;
  readonly name: string;
  readonly nameEn: string;
  readonly group: 'REGIONAL_CENTRE' | 'WEST' | 'EAST' | 'LIBRARY';
  readonly joined: boolean;
  readonly suspended: boolean;
  readonly homeUrl: string | null;
  readonly supportPhone: string;
  readonly subsystems: string[];
  readonly initiateLoginUri: string | null;
};

export type PlatformDirectory = {
  all(): Promise<readonly PlatformDoor[]>;
  byCode(code: string): Promise<PlatformDoor | undefined>;
  /** As the register was when the provider last asked it: in the same request, a moment ago. */
  lastSeen(clientId: string): PlatformDoor | undefined;
};
