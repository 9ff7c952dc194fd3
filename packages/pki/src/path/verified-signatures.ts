/**
 * Signatures that were found true, so that a known chain costs no cryptography. Entries name an object and a
 * key, by their hashes where they are small; failures are not remembered, as anybody could fill the memory with them.
 */
export type VerifiedSignatures = {
  has(entry: string): boolean;
  add(entry: string): void;
};

/** Keeps the `limit` entries used last. */
export function createVerifiedSignatures(limit: number): VerifiedSignatures {
  const entries = new Set<string>();
  return {
    has(entry) {
      // Moved to the end: a Set walks in order of insertion, so the first is the one unused for longest.
      if (!entries.delete(entry)) return false;
      entries.add(entry);
      return true;
    },
    add(entry) {
      entries.delete(entry);
      entries.add(entry);
      if (entries.size <= limit) return;
      for (const oldest of entries) {
        entries.delete(oldest);
        return;
      }
    },
  };
}
