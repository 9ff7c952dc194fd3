/** A checkpoint that a quorum of witnesses has cosigned. */
export type ConfirmedCheckpoint = {
  /** Number of leaves, at least 1. */
  readonly size: number;
  /** 32 bytes, SHA-256 (RFC 9162 §2.1.1). */
  readonly root: Uint8Array;
  /** The signed note with its cosignatures (C2SP signed-note). */
  readonly note: string;
};

/** What anchoring needs of the ledger, and all that it knows of it. */
export type CheckpointSource = {
  /** The log's name, the first line of every checkpoint. */
  readonly origin: string;
  /** Names under which the same tree grew before, the oldest first. */
  readonly formerOrigins?: readonly string[];
  newestConfirmed(): Promise<ConfirmedCheckpoint | undefined>;
  /** Consistency proof (RFC 9162 §2.1.4.1) between two sizes, 0 < first < second; nodes of 32 bytes. */
  consistencyProof(first: number, second: number): Promise<readonly Uint8Array[]>;
};
