import type { PhoneScan } from '@hufu/contracts';
import { fromBase64, fromHex } from '@hufu/kernel';
import { authStatementBytes } from '@hufu/keybridge-client';
import { isDocumentMessage } from '@hufu/pki';
import { appError } from '../../errors.ts';

export type ScanSigner = {
  /** SHA-256 of the certificate's DER, hexadecimal. */
  readonly fingerprint: string;
  /** DER. */
  readonly certificate: Uint8Array;
};

/**
 * What the phone signs for a scan: a statement that it composes itself, or messages that say nothing but the digests
 * which were shown. The server is believed in nothing that is signed.
 *
 * @throws APP_PAGE_KEY when the parts of the scan do not belong together
 */
export function scanMessages(scan: PhoneScan, signer: ScanSigner): readonly Uint8Array[] {
  const { challenge } = scan;
  if (challenge !== null) return [statementOf(scan, challenge, signer.fingerprint)];
  return scan.documents.map(({ message, digest }) => {
    const bytes = fromBase64(message);
    const { certificate } = signer;
    const says = isDocumentMessage({
      message: bytes,
      digest: fromHex(digest),
      certificate,
      algorithm: 'sm2-sm3',
    });
    if (!says) throw appError('APP_PAGE_KEY');
    return bytes;
  });
}

/** The site and the purpose that are shown are those of the challenge. @throws APP_PAGE_KEY */
export function assertTogether({ challenge, purpose, site }: PhoneScan): void {
  if (challenge === null || (challenge.act === purpose && challenge.origin === site.origin)) return;
  throw appError('APP_PAGE_KEY');
}

/** The statement of an act, under the site and the purpose that are shown. @throws APP_PAGE_KEY */
export function statementOf(
  scan: PhoneScan,
  challenge: NonNullable<PhoneScan['challenge']>,
  certificateSha256: string,
): Uint8Array {
  assertTogether(scan);
  const { act, challengeId, nonce, audience, origin, issuedAt, summary } = challenge;
  return authStatementBytes({
    act,
    origin,
    challengeId,
    nonce,
    audience,
    issuedAt,
    certificateSha256,
    ...(summary === undefined ? {} : { summary }),
  });
}
