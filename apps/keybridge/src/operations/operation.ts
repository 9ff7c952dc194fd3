import type { AuthAct, AuthStatement } from '@hufu/keybridge-client';
import type { CertificateInfo } from '@hufu/keybridge-client/protocol';
import type { LocatedKey } from '../drivers/token-board.ts';

/** SHA-256, or SM3 for an SM2 key, in hexadecimal. */
export type DocumentShown = { readonly title: string; readonly digest: string };

/** One request for the key, answered with one PIN. */
export type Operation = {
  readonly operationId: string;
  /** Origin of the page that asked; its title as the user saw it when approving. */
  readonly origin: string;
  readonly title: string | undefined;
  readonly act: AuthAct | 'sign-documents';
  readonly keyId: string;
  readonly located: LocatedKey;
  readonly holder: Pick<CertificateInfo, 'unitName' | 'commonName' | 'issuer' | 'notAfter'>;
  /** An authentication, or the documents to be sealed: what the holder is shown. */
  readonly subject: AuthStatement | readonly DocumentShown[];
  /** Exactly what will be signed, one signature each. */
  readonly messages: readonly Uint8Array[];
  readonly language: 'zh' | 'en';
  readonly theme: 'light' | 'dark' | undefined;
  readonly expiresAt: number;
};
