import type { RandomBytes } from '@hufu/kernel';
import type { VaultStore } from '../store/vault-store.ts';

/** How much may be done with one half. */
export type HalfLimits = {
  readonly signaturesPerMinute: number;
  readonly signaturesPerDay: number;
  /** Every decryption is an answer of a static Diffie-Hellman oracle. */
  readonly decryptionsPerMinute: number;
  readonly decryptionsPerDay: number;
};

/** What the operations on halves stand on. */
export type HalfContext = {
  readonly store: VaultStore;
  readonly random: RandomBytes;
  readonly limits: HalfLimits;
};
