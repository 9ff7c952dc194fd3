/** Where anchors go: shown to people and stored beside each anchor. */
export type ChainIdentity = {
  readonly id: number;
  readonly name: string;
  /** 0x and 40 hexadecimal digits in lower case. */
  readonly contract: string;
  /** Blocks that must follow before a block counts as final. */
  readonly confirmations: number;
};

export type ChainHead = {
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
};

/** A block as it was when it was asked for: a chain may replace it until enough others follow. */
export type BlockReference = {
  readonly number: number;
  /** 0x and 64 hexadecimal digits. */
  readonly hash: string;
  /** Milliseconds since the epoch, as the block states it. */
  readonly time: number;
  /** Blocks on top of it. */
  readonly confirmations: number;
};

export type ChainStamp = { readonly root: Uint8Array; readonly block: BlockReference };

export type StampPlace = { readonly origin: string; readonly size: number; readonly block: number };

export type AnchorOrder = {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** SHA-256 of the cosigned note. */
  readonly noteHash: Uint8Array;
  /** From the size that the contract holds to this one; empty when it holds none. */
  readonly proof: readonly Uint8Array[];
};

export type SignedTransaction = {
  readonly nonce: number;
  /** 0x and 64 hexadecimal digits. */
  readonly hash: string;
  readonly bytes: Uint8Array;
};

/**
 * `absent`: in no block. `displaced`: in no block, and never will be, for another transaction took its number.
 * `reverted`: in a block, without effect; the next attempt to sign will tell why.
 */
export type TransactionStatus =
  | { readonly kind: 'absent' }
  | { readonly kind: 'displaced' }
  | { readonly kind: 'reverted' }
  | { readonly kind: 'mined'; readonly block: BlockReference };

/**
 * One kind of chain. Signing and sending are two steps, so that the caller can keep the signed transaction before
 * anybody else has seen it: whatever crashes afterwards, the same bytes are sent again and take effect once.
 * Every call may throw ANCHOR_NODE_UNREACHABLE, ANCHOR_WRONG_CHAIN and ANCHOR_WRONG_CONTRACT.
 */
export type AnchorDriver = {
  readonly chain: ChainIdentity;
  /** The newest tree head of the log that the contract holds. */
  readHead(origin: string): Promise<ChainHead | undefined>;
  /** What the contract holds for exactly this size. */
  readStamp(origin: string, size: number): Promise<ChainStamp | undefined>;
  /** The transaction that made a stamp, out of the one block that can hold it; undefined when it is of an unknown kind. */
  findTransaction(stamp: StampPlace): Promise<SignedTransaction | undefined>;
  /**
   * Lets the contract judge the order, then signs it.
   * @throws ANCHOR_ROLLBACK, ANCHOR_FORK, ANCHOR_INCONSISTENT, ANCHOR_NOT_ALLOWED, ANCHOR_REVERTED, ANCHOR_NODE_REFUSED
   */
  sign(order: AnchorOrder): Promise<SignedTransaction>;
  /** Sends; sending again is harmless. @throws ANCHOR_NODE_REFUSED */
  submit(transaction: SignedTransaction): Promise<void>;
  status(transaction: SignedTransaction): Promise<TransactionStatus>;
};
