import type { CertificatePreview } from '@hufu/contracts';
import type { KeyCertificate } from '../../keybridge/bridge.ts';
import type { Proof } from '../../keybridge/pin-panel.tsx';

/**
 * A certificate that was read (HUB-021). From a lock it is read without a password, and signs later; from a phone
 * reading is signing: the proof is at hand, and serves once.
 */
export type ReadKey = {
  readonly preview: CertificatePreview;
  /** DER, base64. */
  readonly certificate: string;
  /** Empty where there is none: a phone. */
  readonly mediaNumber: string;
} & (
  | { readonly means: 'key'; readonly key: KeyCertificate }
  | { readonly means: 'phone'; readonly proof: Proof | undefined }
);

/** The proof has been presented, rightly or not: the next presentation needs another scan. */
export const spent = (read: ReadKey): ReadKey =>
  read.means === 'phone' ? { ...read, proof: undefined } : read;
