import type { Chain } from './chain.ts';
import { pause } from './programs.ts';

const ANCHORED_WITHIN_MS = 60_000;

export type Published = { readonly origin: string; readonly size: number; readonly root: string };

/** The newest checkpoint as everybody gets it. */
export async function published(base: string): Promise<Published> {
  const note = await (await fetch(`${base}/log/checkpoint`)).text();
  const [origin = '', size = '', root = ''] = note.split('\n');
  return { origin, size: Number(size), root };
}

/** The chain's head and the log's, once the log is larger than it was and the chain is where it is; or as they are then. */
export async function anchoredHead(
  { chain, base }: { readonly chain: Chain; readonly base: string },
  before: number,
): Promise<readonly [Published, Published]> {
  const until = Date.now() + ANCHORED_WITHIN_MS;
  for (;;) {
    const ours = await published(base);
    const theirs = { origin: ours.origin, ...(await chain.head(ours.origin)) };
    // A log that grew between the two questions is asked again.
    const isThere = ours.size > before && theirs.size === ours.size;
    if (isThere || Date.now() > until) return [theirs, ours];
    await pause(200);
  }
}
