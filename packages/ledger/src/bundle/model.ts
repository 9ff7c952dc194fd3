/** A field of the statement that was committed to, as the bundle has it: its opening, or null once it was erased. */
export type BundleDisclosure = { readonly commitment: string; readonly disclosure: string | null };

/** A time-stamp on a checkpoint that holds the statement. */
export type BundleTimeStamp = {
  /** tlog-proof@v1 of the leaf in the stamped checkpoint; what is stamped is the checkpoint's text. */
  readonly proof: string;
  /** TimeStampToken (RFC 3161), DER. */
  readonly token: Uint8Array;
};

/** Where on a chain a checkpoint that holds the statement was recorded, as the log's operator says. */
export type BundleAnchor = {
  /** tlog-proof@v1 of the leaf in the anchored checkpoint; the contract holds the SHA-256 of that note. */
  readonly proof: string;
  readonly chainId: number;
  readonly contract: string;
  readonly transaction: string;
  readonly blockNumber: number;
  readonly blockHash: string;
  /** Milliseconds since the epoch. */
  readonly blockTime: number;
};

/** All that is needed to verify one statement without asking anybody; whom to trust is in the policy, apart. */
export type EvidenceBundle = {
  /** The statement's bytes: canonical JSON. */
  readonly statement: Uint8Array;
  readonly disclosures: readonly BundleDisclosure[];
  /** The 128 bytes that stand in the log. */
  readonly leaf: Uint8Array;
  /** tlog-proof@v1: index, inclusion proof, checkpoint with cosignatures. */
  readonly proof: string;
  /** The same as a Sigsum proof, for `sigsum-verify`. */
  readonly sigsumProof: string;
  readonly timeStamps: readonly BundleTimeStamp[];
  readonly anchors: readonly BundleAnchor[];
};
