import type { Clock } from '@hufu/kernel';
import type { TokenAccess } from './drivers/soft/unlock-stored-token.ts';
import type { TokenBoard } from './drivers/token-board.ts';
import type { Address } from './http/address.ts';
import type { OperationBook } from './operations/operation-book.ts';
import type { ApprovedSites } from './sites/approved-sites.ts';
import type { PairingBook } from './sites/pairing-book.ts';
import type { CertificateCache } from './storage/certificate-cache.ts';

/** Everything that the routes work with, put together once by `start-bridge.ts`. */
export type Bridge = {
  readonly version: string;
  readonly address: Address;
  readonly dataDir: string;
  /** Origin of the hub: where 登录系统 leads and what the clock is compared with. */
  readonly hub: string;
  readonly clock: Clock;
  readonly board: TokenBoard;
  readonly softTokens: TokenAccess;
  readonly sites: ApprovedSites;
  readonly pairings: PairingBook;
  readonly operations: OperationBook;
  readonly certificateCache: CertificateCache;
};
