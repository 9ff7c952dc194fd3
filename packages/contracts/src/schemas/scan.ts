import { signedRequestSchema } from '@hufu/phone-key';
import { z } from 'zod';
import { Base64, Id, Text, Timestamp } from './common.ts';
import { Challenge, SignedChallenge } from './hub.ts';
import { LARGEST_BATCH, SignatureForm } from './signing.ts';

/** Acts whose signed challenge a phone may give as a lock does. The desk is entered with an operator's key alone. */
export const ScanAct = z.enum([
  'login',
  'bind',
  'activate',
  'library-register',
  'library-login',
  'library-key',
]);
export type ScanAct = z.infer<typeof ScanAct>;

export const ScanPurpose = z
  .enum([...ScanAct.options, 'sign-documents', 'decrypt'])
  .meta({ id: 'ScanPurpose' });
export type ScanPurpose = z.infer<typeof ScanPurpose>;

/**
 * One QR code. WAITING: nobody has scanned. SCANNED: a phone has, and the page must show that it is the one before
 * whose eyes the phone is. READY: the phone may confirm. CONFIRMED: PIN entered, the vault has answered. DONE: the
 * result lies ready for the page. The others are ends without a result.
 */
export const ScanState = z
  .enum(['WAITING', 'SCANNED', 'READY', 'CONFIRMED', 'DONE', 'REFUSED', 'CANCELLED', 'EXPIRED', 'FAILED'])
  .meta({ id: 'ScanState' });
export type ScanState = z.infer<typeof ScanState>;

/** Seconds that a QR code waits to be scanned; and after that, that the phone has for code, PIN and signature. */
export const SCAN_SECONDS = { waiting: 90, scanned: 120 } as const;

/** Digits of the code that the phone shows and the page is told. */
export const SCAN_CODE_DIGITS = 4;

/** At most so many ciphertexts are opened with one PIN. */
export const MOST_CIPHERTEXTS = 50;

/** Uncompressed point of a P-256 key (04 ‖ x ‖ y), base64. */
const P256Point = z.base64().length(88);

/** A content key as it stands in a tender file, encrypted to the certificate's encryption key. */
export const ScanCiphertext = z.object({
  title: Text(200),
  /** SM2Cipher, DER, base64 (GB/T 35276 §7.3). */
  ciphertext: Base64(2048).min(1),
});

export const ScanOrder = z.discriminatedUnion('purpose', [
  z.object({ purpose: ScanAct, challengeId: Id }),
  z.object({ purpose: z.literal('sign-documents'), preparationId: Id }),
  z.object({
    purpose: z.literal('decrypt'),
    ciphertexts: z.array(ScanCiphertext).min(1).max(MOST_CIPHERTEXTS),
    /** The page's key of this one scan, to which the phone encrypts the result. */
    pageKey: P256Point,
  }),
]);
export type ScanOrder = z.infer<typeof ScanOrder>;

/** What was decrypted, readable by the page alone: the phone's fresh key, nonce and AES-256-GCM text. */
export const SealedForPage = z.object({
  senderKey: P256Point,
  iv: z.base64().length(16),
  sealed: Base64(4096).min(24),
});
export type SealedForPage = z.infer<typeof SealedForPage>;

export const ScanResult = z.union([
  /** Of an act: what a lock would have answered. */
  z.object({ proof: SignedChallenge }),
  /** Of documents: DER, in their order. */
  z.object({ signatures: SignatureForm.shape.signatures }),
  /** Of ciphertexts, in their order. */
  z.object({ opened: z.array(SealedForPage) }),
]);
export type ScanResult = z.infer<typeof ScanResult>;

/** Why a scan ended, or why a certificate cannot be used. */
const Reason = z.object({ code: z.string(), message: z.string(), hint: z.string().optional() });

/** A scan as its page sees it. */
export const ScanSession = z
  .object({
    id: Id,
    purpose: ScanPurpose,
    state: ScanState,
    /** Grows with every change. */
    version: z.int(),
    /** The page is to ask for the code that the phone shows. */
    codeNeeded: z.boolean(),
    triesLeft: z.int(),
    /** Until it expires, by the server's clock; 0 when it has ended. */
    remainingMs: z.int(),
    result: ScanResult.nullable(),
    problem: Reason.nullable(),
  })
  .meta({ id: 'ScanSession' });
export type ScanSession = z.infer<typeof ScanSession>;

/** What the QR holds is told once. A page with a key of its own adds its mark (`scanAddress`). */
export const OpenedScan = ScanSession.extend({ url: z.string() }).meta({ id: 'OpenedScan' });
export type OpenedScan = z.infer<typeof OpenedScan>;

export const ScanCode = z.object({ code: z.string().regex(/^\d{4}$/) });

export const ScanToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** A certificate of the person with the phone, and whether it may be used for this. */
export const ScanCertificate = z.object({
  id: Id,
  kind: z.enum(['ENTERPRISE', 'PERSONAL']),
  unitName: z.string(),
  authorityName: z.string(),
  serialNumber: z.string(),
  /** SHA-256 of the DER, hexadecimal: part of the statement to be signed. */
  fingerprint: z.string(),
  validTo: Timestamp,
  /** Null: it may be used. */
  problem: Reason.nullable(),
});

/** A document to be sealed: the phone signs `message`, and shows title and digest. */
const ScanDocument = z.object({
  title: z.string(),
  digest: z.string(),
  digestAlgorithm: z.enum(['sm3', 'sha256']),
  message: z.string(),
});

/** A scan as the phone sees it. */
export const PhoneScan = z
  .object({
    id: Id,
    purpose: ScanPurpose,
    state: ScanState,
    version: z.int(),
    remainingMs: z.int(),
    /** Who asks: the site whose page shows the code. */
    site: z.object({ name: z.string(), nameEn: z.string(), origin: z.string() }),
    /** Where the page is open: masked address and browser. */
    from: z.object({ address: z.string(), browser: z.string() }),
    /** The enterprise that is logged in on the page, where one must be. */
    entityName: z.string().nullable(),
    /** To be typed into the page while the state is SCANNED; null: this page needs none. */
    code: z.string().nullable(),
    /** Of an act: the phone composes the statement from it, under `site.origin` and the certificate's fingerprint. */
    challenge: Challenge.nullable(),
    documents: z.array(ScanDocument),
    ciphertexts: z.array(ScanCiphertext),
    /** For ciphertexts; the QR holds its digest (`readScanAddress`), to be compared by the phone. */
    pageKey: z.string().nullable(),
    certificates: z.array(ScanCertificate),
    problem: Reason.nullable(),
  })
  .meta({ id: 'PhoneScan' });
export type PhoneScan = z.infer<typeof PhoneScan>;

/** The device's signed `sign` or `decrypt` request, with order `scan:<id>`, on its way to the vault. */
export const ScanConfirmation = z.object({ certificateId: Id, use: signedRequestSchema });

export const ScanOutcome = z.union([
  z.object({
    signatures: z.array(Base64(256).min(8)).min(1).max(LARGEST_BATCH),
  }),
  z.object({ opened: z.array(SealedForPage).min(1).max(MOST_CIPHERTEXTS) }),
]);
export type ScanOutcome = z.infer<typeof ScanOutcome>;

const PATH = '/phone/#/scan/';

/**
 * What a QR code holds. It is no authority: whoever scans it still has to be let in.
 */
export const scanAddress = (base: string, token: string): string => `${new URL(base).origin}${PATH}${token}`;

/**
 * Adds the mark of the page's key (`pageKeyMark`): it reaches the phone by way of the screen, so that a server which
 * exchanged the key would be found out.
 */
export const withPageKeyMark = (address: string, mark: string): string => `${address}.${mark}`;

/**
 * Reads a scanned text. A code of another system, or of another installation, is not one of ours.
 * @param base address of the installation that the phone belongs to
 */
export function readScanAddress(
  base: string,
  text: string,
): { readonly token: string; readonly pageKeySha256?: string } | undefined {
  const start = `${new URL(base).origin}${PATH}`;
  if (!text.startsWith(start)) return undefined;
  const [, token, pageKeySha256] =
    /^([A-Za-z0-9_-]{43})(?:\.([A-Za-z0-9_-]{22}))?$/.exec(text.slice(start.length)) ?? [];
  if (token === undefined) return undefined;
  return pageKeySha256 === undefined ? { token } : { token, pageKeySha256 };
}
