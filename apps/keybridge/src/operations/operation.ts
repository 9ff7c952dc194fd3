import type { AuthAct, AuthStatement } from '@hufu/keybridge-client';
import type { CertificateInfo } from '@hufu/keybridge-client/protocol';
import type { LocatedKey } from '../drivers/token-board.ts';

/** One request for one signature. */
export type Operation = {
  readonly operationId: string;
  /** Origin of the page that asked; its title as the user saw it when approving. */
  readonly origin: string;
  readonly title: string | undefined;
  readonly act: AuthAct;
  readonly keyId: string;
  readonly located: LocatedKey;
  readonly holder: Pick<CertificateInfo, 'unitName' | 'commonName' | 'issuer' | 'notAfter'>;
  readonly statement: AuthStatement;
  /** Exactly what will be signed. */
  readonly bytes: Uint8Array;
  readonly language: 'zh' | 'en';
  readonly theme: 'light' | 'dark' | undefined;
  readonly expiresAt: number;
};
