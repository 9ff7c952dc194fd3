import type { NoteKey } from '../checkpoint/key.ts';
import type { TreeHead } from '../tree/verify.ts';

/** A log whose checkpoints count. */
export type PolicyLog = {
  /** Ed25519, under the log's origin. */
  readonly key: NoteKey;
  /** Under `<origin>/sm2`, when the log signs with SM2 beside it. */
  readonly sm2: NoteKey | undefined;
  /** The head that it ended with, once another log continues its tree: what its key signs beyond that counts nothing. */
  readonly final?: TreeHead;
};

/** Whose leaves count. */
export type PolicySubmitter = {
  /** Which organisation or system, as readers should see it. */
  readonly name: string;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
};

/** Who watches the log. */
export type PolicyWitness = {
  /** Which organisation runs it, as readers should see it. */
  readonly operator: string;
  /** Of kind `cosignature`. */
  readonly key: NoteKey;
};

/** A contract that anchors count in. */
export type PolicyChain = {
  readonly chainId: number;
  readonly name: string;
  /** 0x and 40 lower-case hexadecimal digits. */
  readonly contract: string;
};

/**
 * Whom a verifier trusts. Published by the operator at `/log/policy.json` and apart from every bundle (gazette, print,
 * another site), because a bundle that brought its own keys would prove nothing.
 */
export type LogPolicy = {
  /** Who published it. */
  readonly publisher: string;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
  /** The present log, and those that it succeeded. */
  readonly logs: readonly PolicyLog[];
  readonly submitters: readonly PolicySubmitter[];
  readonly witnesses: readonly PolicyWitness[];
  /** How many of the witnesses must have cosigned; 0 when there is none yet, and then nothing is confirmed. */
  readonly quorum: number;
  /** Certificates (DER) of authorities whose time-stamps count. */
  readonly timeStampRoots: readonly Uint8Array[];
  readonly chains: readonly PolicyChain[];
};
