/** A PostgreSQL that is spoken to in protocol bytes: one session, one answer per flush. */
export type RawBackend = {
  /** Counts the sessions: a connection of an earlier one must not go on, its transaction is gone. */
  readonly session: number;
  ready(): Promise<void>;
  exec(bytes: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
};
