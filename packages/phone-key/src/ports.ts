import type { RandomBytes } from '@hufu/kernel';
import type { HalfAnswer, HalfOp, HalfUsage, SignedRequest } from './messages.ts';

/** Cost of the PIN's stretching, kept beside the half so that it can be raised for new ones. */
export type StretchCost = { readonly memoryKib: number; readonly passes: number };

export type Stretch = {
  /** What new halves are stretched with. */
  readonly cost: StretchCost;
  /** argon2id (RFC 9106), one lane, 32 bytes out. `pin` is UTF-8 in NFKC; `salt` 16 bytes. */
  run(pin: Uint8Array, salt: Uint8Array, cost: StretchCost): Promise<Uint8Array>;
};

/** The device's own P-256 keys, which do not leave it. */
export type DeviceKey = {
  /** 04 ‖ x ‖ y of the signing key. */
  readonly signingKey: Uint8Array;
  /** 04 ‖ x ‖ y of the key that parcels are sealed to. */
  readonly agreementKey: Uint8Array;
  /** ECDSA with SHA-256; r ‖ s, 64 bytes. */
  sign(message: Uint8Array): Promise<Uint8Array>;
  /** x coordinate of the point agreed between the agreement key and another's public key, 32 bytes. */
  agree(publicKey: Uint8Array): Promise<Uint8Array>;
  /** The same with a fresh key of one's own, which is forgotten at once. */
  agreeFresh(publicKey: Uint8Array): Promise<{ readonly publicKey: Uint8Array; readonly secret: Uint8Array }>;
};

/** The secret of a half, sealed for one epoch. */
export type SealedHalf = {
  readonly epoch: number;
  /** Of the sealed text. 12 bytes. */
  readonly iv: Uint8Array;
  /** d1, SM4-GCM under HKDF(stretched PIN ‖ the vault's share). */
  readonly sealed: Uint8Array;
  /** DeviceHalf.vaultPoint of this epoch. */
  readonly vaultPoint: Uint8Array;
};

/** What a device keeps of one half. It opens nothing without the PIN and the vault's share. */
export type HalfRecord = {
  readonly halfId: string;
  readonly usage: HalfUsage;
  readonly publicKey: Uint8Array;
  /** 16 bytes; it never leaves the device. */
  readonly salt: Uint8Array;
  readonly cost: StretchCost;
  /** What `pinKey` is bound to beside the PIN. */
  readonly context: Uint8Array;
  readonly ratchet: Uint8Array;
  /** The current epoch, and the pending one beside it. */
  readonly epochs: readonly SealedHalf[];
  /** Final checks that failed. */
  readonly aborts: number;
};

export type HalfStore = {
  get(halfId: string): Promise<HalfRecord | undefined>;
  /** Resolves when the record is on disk. */
  put(record: HalfRecord): Promise<void>;
  remove(halfId: string): Promise<void>;
  /** Runs one piece of work at a time for this half, over all pages of the device: two at once would look like two devices. */
  exclusive<T>(halfId: string, work: () => Promise<T>): Promise<T>;
};

/** The way to the vault. Rejects with the vault's code (`PHONE_KEY_ERRORS`). */
export type VaultPort = {
  send<Op extends HalfOp>(op: Op, request: SignedRequest): Promise<HalfAnswer<Op>>;
};

export type PhoneKeyDeps = {
  readonly device: DeviceKey;
  readonly stretch: Stretch;
  readonly store: HalfStore;
  readonly vault: VaultPort;
  readonly random: RandomBytes;
};
