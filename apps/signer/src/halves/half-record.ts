import { toBytes32, type VaultHalf } from '@hufu/gm';
import { fromBase64 } from '@hufu/kernel';
import type { HalfState, HalfStatus, HalfUsage } from '@hufu/phone-key';

export const MAX_WRONG_PINS = 10;
/** Runs that broke after the vault had answered, or with a proof that does not hold; docs/two-party-sm2.md. */
const MAX_ABORTS = 5;

/** What opens a half, and the vault's secret of that time. Bytes are Base64. */
export type Epoch = {
  readonly number: number;
  /** d2 and P1 = [d1^-1]G. */
  readonly secret: string;
  readonly devicePoint: string;
  /** Absent until the receiver of a split half has set its PIN. */
  readonly lock?: {
    /** SHA-256(salt ‖ pinKey). */
    readonly salt: string;
    readonly digest: string;
    readonly share: string;
  };
};

/** SHA-256 of the token that was shown last, and of the one that was given out for it. */
export type Ratchet = { readonly shown: string | null; readonly issued: string };

/** Uses within the present minute and the present day (UTC). */
export type Uses = {
  readonly minute: number;
  readonly inMinute: number;
  readonly day: number;
  readonly inDay: number;
};

export type HalfRecord = {
  readonly id: string;
  readonly usage: HalfUsage;
  /** The device's P-256 point. */
  readonly device: string;
  readonly publicKey: string;
  readonly createdAt: number;
  /** Made by `split`: it waits longer for its device. */
  readonly isSplit: boolean;
  readonly isConfirmed: boolean;
  readonly isHeld: boolean;
  /** Two copies of the device have shown themselves. */
  readonly isCopied: boolean;
  /** Of this half since its last right PIN. What locks it is the sum over its PIN group. */
  readonly wrongPins: number;
  /** Halves of one device that one PIN entry opens; absent: this one alone. */
  readonly pinGroup?: string;
  readonly aborts: number;
  readonly epoch: Epoch;
  readonly pending: Epoch | null;
  readonly ratchet: Ratchet | null;
  /** Of the latest requests, the oldest first; those of runs that were aborted are told apart. */
  readonly nonces: readonly string[];
  readonly abortedNonces: readonly string[];
  readonly uses: Uses;
};

export const NO_USES: Uses = { minute: 0, inMinute: 0, day: 0, inDay: 0 };

export const isBroken = (half: HalfRecord): boolean => half.aborts >= MAX_ABORTS;
export const isLocked = (wrongPins: number): boolean => wrongPins >= MAX_WRONG_PINS;

function stateOf(half: HalfRecord, wrongPins: number): HalfState {
  if (half.isCopied || isBroken(half)) return 'FROZEN';
  if (isLocked(wrongPins)) return 'LOCKED';
  if (half.isHeld) return 'HELD';
  return half.isConfirmed ? 'ACTIVE' : 'PENDING';
}

/** @param wrongPins of its whole PIN group */
export const statusOf = (half: HalfRecord, wrongPins: number): HalfStatus => ({
  halfId: half.id,
  usage: half.usage,
  state: stateOf(half, wrongPins),
  publicKey: half.publicKey,
  device: half.device,
  triesLeft: Math.max(0, MAX_WRONG_PINS - wrongPins),
});

export const vaultHalf = ({ publicKey }: HalfRecord, epoch: Epoch): VaultHalf => ({
  secret: fromBase64(epoch.secret),
  publicKey: fromBase64(publicKey),
  devicePoint: fromBase64(epoch.devicePoint),
});

/** Contributions.vault of a split, which the sender's factor alone decides. */
export const ONE = toBytes32(1n);
