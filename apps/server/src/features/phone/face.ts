import type {
  PhoneCertificateKind,
  PhoneCertificateState,
  PhoneErrorCode,
  PhoneMessageKind,
  PhonePurpose,
  PhoneScope,
  PhoneUse,
} from '@hufu/contracts';
import type { HalfAnswer, HalfUsage, SignedRequest } from '@hufu/phone-key';
import type { AuditOrigin } from '../../infra/audit/audit.ts';
import type { Executor, Tx } from '../../infra/database/database.ts';
import type { Feature } from '../../infra/feature.ts';
import type { CallerFinder, PhoneUser } from '../access/index.ts';
import type { ApprovalKinds } from '../desk/index.ts';

/** A user, as an order needs to know them. Personal data in clear: never into logs, statements or addresses. */
export type UserFacts = {
  readonly id: string;
  readonly mobile: string;
  /** Null before real-name authentication. */
  readonly name: string | null;
  readonly idNumber: string | null;
};

export type Users = { facts(executor: Executor, userId: string): Promise<UserFacts> };

/** 认领: an enterprise that a user says to act for. Nothing follows from it before an order is approved. */
export type Claim = {
  readonly id: string;
  readonly userId: string;
  readonly entityId: string;
  readonly uscc: string;
  readonly name: string;
};

export type People = {
  /** A claim of this user that is open. */
  claim(
    executor: Executor,
    who: { readonly entityId: string; readonly userId: string },
  ): Promise<Claim | undefined>;
  /** The enterprise as it was claimed: name and code. */
  enterprise(
    executor: Executor,
    entityId: string,
  ): Promise<{ readonly id: string; readonly name: string; readonly uscc: string } | undefined>;
  /**
   * The order of a claimant was approved: the first becomes the administrator, and other claims end (MOB-011, OD-32).
   * A claimant who is the administrator already changes nothing.
   * @throws PHONE_ENTERPRISE_TAKEN, PHONE_UNKNOWN
   */
  approveClaim(
    tx: Tx,
    who: {
      readonly entityId: string;
      readonly userId: string;
      readonly orderId: string;
      readonly from?: AuditOrigin;
    },
  ): Promise<void>;
  /** A change of name was certified. */
  rename(tx: Tx, change: { readonly entityId: string; readonly name: string }): Promise<void>;
  /** @returns the user who administers the enterprise */
  adminOf(executor: Executor, entityId: string): Promise<string | undefined>;
  roleOf(
    executor: Executor,
    who: { readonly entityId: string; readonly userId: string },
  ): Promise<'ADMIN' | 'OPERATOR' | undefined>;
};

/** A certificate whose key is in halves. */
export type PhoneCertificateFacts = {
  readonly id: string;
  readonly kind: PhoneCertificateKind;
  /** Null for a personal one. */
  readonly entityId: string | null;
  /** Whose it is: the applicant of a personal one; of an enterprise's, whoever downloaded it. */
  readonly userId: string;
  readonly orderId: string;
  readonly authorityId: string;
  readonly subjectName: string;
  readonly uscc: string | null;
  readonly serialNumber: string;
  /** SHA-256 of the signing certificate, hex. */
  readonly fingerprint: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** EXPIRED by the clock, whatever is stored. */
  readonly state: PhoneCertificateState;
  readonly signingCertificate: Uint8Array;
  readonly encryptionCertificate: Uint8Array | null;
  readonly replacedBy: string | null;
};

/** What is kept at download (MOB-017). */
export type Keeping = {
  readonly orderId: string;
  readonly user: PhoneUser;
  readonly entityId: string | null;
  readonly kind: PhoneCertificateKind;
  readonly authorityId: string;
  readonly subjectName: string;
  readonly uscc: string | null;
  /** DER. */
  readonly signingCertificate: Uint8Array;
  readonly encryptionCertificate: Uint8Array | null;
  /** Of the calling device, not yet of any certificate. `decrypt` is absent where the former key stays (OD-31). */
  readonly halves: { readonly sign: string; readonly decrypt?: string };
  /** The certificate whose place it takes. */
  readonly replaces?: string;
  readonly from: AuditOrigin;
};

export type UseAsked = {
  readonly user: PhoneUser;
  readonly purpose: PhonePurpose;
  /** Where: 互认系统, 主体信息库, or a platform's code. */
  readonly scope: PhoneScope;
  /** The enterprise that is logged in on the page: no other's certificate will do (MOB-032). */
  readonly entityId?: string;
};

/** A certificate of the user and why it cannot be used for what is asked; null: it can. */
export type Usable = { readonly certificate: PhoneCertificateFacts; readonly problem: PhoneErrorCode | null };

export type Certificates = {
  /** @throws PHONE_HALF_FOREIGN when a half is not this device's, unconfirmed, of another key or taken */
  keep(tx: Tx, keeping: Keeping): Promise<string>;
  byId(executor: Executor, id: string): Promise<PhoneCertificateFacts | undefined>;
  /** @param fingerprint SHA-256 of the signing certificate, hex */
  byFingerprint(executor: Executor, fingerprint: string): Promise<PhoneCertificateFacts | undefined>;
  ofOrder(executor: Executor, orderId: string): Promise<PhoneCertificateFacts | undefined>;
  /**
   * Revoked, held, released or lost at the authority. Ended for good: its halves are destroyed at the vault, unless
   * `keepDecryption` (a change must leave time to open what is encrypted to the old key).
   */
  stateChanged(
    tx: Tx,
    change: {
      readonly id: string;
      readonly state: 'EFFECTIVE' | 'HELD' | 'LOST' | 'REVOKED' | 'REPLACED';
      readonly keepDecryption?: boolean;
      readonly reason?: string;
    },
  ): Promise<void>;
  /** Whether this user administers the certificate: holder of a personal one, administrator of the enterprise. */
  administers(executor: Executor, who: { readonly id: string; readonly userId: string }): Promise<boolean>;
  /** Every certificate that the user can see, with what stands against this use (MOB-050: asked anew each time). */
  usableBy(executor: Executor, asked: UseAsked): Promise<Usable[]>;
};

export type Authorised = {
  readonly allowed: true;
  readonly useId: string;
  /** The half of this device that the request must name. */
  readonly halfId: string;
  readonly certificate: PhoneCertificateFacts;
};

export type Uses = {
  /**
   * The one place that decides whether a key may be used (MOB-050): grants by platform, the states of certificate,
   * device, person and enterprise. Whatever it says is recorded.
   */
  authorise(
    tx: Tx,
    asked: UseAsked & {
      readonly certificateId: string;
      readonly usage: HalfUsage;
      /** `scan:<id>`; the vault writes it into its journal. */
      readonly order: string;
      /** The page's challenge that it answers. */
      readonly challengeId?: string;
      /** Origin of the page that asked. */
      readonly origin: string | null;
      /** How many documents or ciphertexts. */
      readonly count: number;
      readonly from: AuditOrigin;
    },
  ): Promise<Authorised | { readonly allowed: false; readonly code: PhoneErrorCode }>;
  /**
   * Carries the device's request for an authorised use to the vault, once. It must name the half and the order of the
   * use, and nothing must have been taken away since (MOB-050).
   * @throws what `authorise` would refuse with now, PHONE_USE_REQUIRED, PHONE_HALF_FOREIGN, PHONE_VAULT_ABSENT, and the vault's codes (PHONE_KEY_ERRORS)
   */
  relay<Op extends HalfUsage>(useId: string, op: Op, request: SignedRequest): Promise<HalfAnswer<Op>>;
  /** The user whose phone has answered this challenge of a page. Two who did know of each other: neither is meant. */
  signer(challengeId: string): Promise<string | undefined>;
  /**
   * Whether a person who has logged in to the hub with a phone's certificate may enter a platform, or the library, by
   * way of it (MOB-047, MOB-050). What is no phone's certificate passes; a refusal is on record.
   * @param entry.userId who scanned; null: nobody knows
   * @throws PHONE_NOT_GRANTED, PHONE_ENTERPRISE_FROZEN, PHONE_CERTIFICATE_EXPIRED, PHONE_CERTIFICATE_STATE
   */
  admit(entry: {
    readonly fingerprint: string;
    readonly userId: string | null;
    readonly scope: PhoneScope;
  }): Promise<void>;
  /** How it ended; told once. */
  close(
    tx: Tx,
    end: { readonly useId: string; readonly outcome: Exclude<PhoneUse['outcome'], 'OPEN'> },
  ): Promise<void>;
};

export type Notification = {
  readonly kind: PhoneMessageKind;
  /** Without personal data. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  /** To one user, or to the administrator of an enterprise. */
  readonly to: { readonly userId: string } | { readonly administratorOf: string };
  /** Told once only under this name. */
  readonly once?: string;
};

export type Phone = {
  /** Who is logged in on a phone. */
  readonly caller: CallerFinder;
  readonly users: Users;
  readonly people: People;
  readonly certificates: Certificates;
  readonly uses: Uses;
  notify(tx: Tx, notification: Notification): Promise<void>;
  /** What a second person's yes does: given to the desk. */
  readonly kinds: ApprovalKinds;
  feature: Feature;
};
