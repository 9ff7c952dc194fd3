import { readAtMost } from '@hufu/kernel';
import { type Crl, parseCrlInSteps, type TrustedAuthority } from '@hufu/pki';

type Held = { readonly crl: Crl; readonly until: number };

const MAX_BYTES = 64_000_000;

/**
 * Revocation lists from the addresses that the trust list names, never from those in a certificate. Held until their
 * own nextUpdate. What cannot be fetched is left out: the verdict then says unknown, and policy refuses.
 */
export function revocationLists() {
  const held = new Map<string, Held>();

  async function fetchList(address: string): Promise<Held | undefined> {
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(10_000), redirect: 'error' });
      if (!answer.ok) {
        await answer.body?.cancel();
        return undefined;
      }
      const bytes = await readAtMost(answer, MAX_BYTES);
      if (bytes === undefined) return undefined;
      const crl = await parseCrlInSteps(bytes);
      return { crl, until: crl.nextUpdate ?? 0 };
    } catch {
      return undefined;
    }
  }

  return async (authority: TrustedAuthority, at: number): Promise<readonly Crl[]> => {
    const lists = await Promise.all(
      authority.crlAddresses.map(async (address) => {
        const known = held.get(address);
        if (known !== undefined && at < known.until) return known.crl;
        const fresh = await fetchList(address);
        if (fresh !== undefined) held.set(address, fresh);
        return (fresh ?? known)?.crl;
      }),
    );
    return lists.flatMap((crl) => crl ?? []);
  };
}
