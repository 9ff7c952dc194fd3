import { fromBase64 } from '@hufu/kernel';
import { authStatementBytes } from '@hufu/keybridge-client';
import type { ScanContent } from '../tables.ts';

export type ContentOrder = {
  readonly content: ScanContent;
  readonly origin: string;
  /** Of the certificate that signs; SHA-256 of its DER, hexadecimal. */
  readonly fingerprint: string;
};

/**
 * Exactly the bytes that may be signed in this scan, in their order, from our own record alone. For an act the same
 * statement that a lock signs.
 */
export function messagesToSign({ content, origin, fingerprint }: ContentOrder): readonly Uint8Array[] {
  switch (content.kind) {
    case 'challenge': {
      const { challengeId, act, nonce, audience, issuedAt, summary } = content.challenge;
      return [
        authStatementBytes({
          act,
          origin,
          challengeId,
          nonce,
          audience,
          issuedAt,
          ...(summary === undefined ? {} : { summary }),
          certificateSha256: fingerprint,
        }),
      ];
    }
    case 'documents':
      return content.documents.map(({ message }) => fromBase64(message));
    case 'ciphertexts':
      return [];
  }
}

/** How many signatures or plaintexts a scan is about. */
export const sizeOf = (content: ScanContent): number =>
  content.kind === 'challenge'
    ? 1
    : content.kind === 'documents'
      ? content.documents.length
      : content.ciphertexts.length;
