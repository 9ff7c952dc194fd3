/** A claim on work that lapses by itself, so that another process can take the work of one that died. */
export type Lease = {
  /** How long the claim holds without being renewed. */
  readonly seconds: number;
  /** A run that takes longer is taken for stuck: its claim is renewed no more. */
  readonly longestSeconds: number;
  renew(): Promise<unknown>;
};

const RENEWALS = 3;

/**
 * Does the work and renews the claim meanwhile: long work stays with the process that does it, and that of a dead one is
 * free within `seconds`. A renewal that fails is left to the next one; whoever lost the claim finds out when finishing.
 */
export async function underLease<T>(lease: Lease, work: () => Promise<T>): Promise<T> {
  const every = (lease.seconds * 1000) / RENEWALS;
  let left = Math.floor((lease.longestSeconds * 1000) / every);
  let renewing = false;
  const timer = setInterval(() => {
    if (left-- <= 0) clearInterval(timer);
    else if (!renewing) {
      renewing = true;
      lease
        .renew()
        .catch(() => {})
        .finally(() => {
          renewing = false;
        });
    }
  }, every);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
