import type { Bridge } from '../bridge.ts';
import type { CheckItem } from './check-item.ts';

const PATIENCE_MS = 5_000;
/** Beyond this a fresh challenge may already look old, or a valid certificate not yet valid. */
const MAX_SKEW_MS = 2 * 60_000;

export type HubAnswer = { readonly reached: boolean; readonly date: number | undefined };

/** Asks the configured hub, and no other address, for its health. */
export async function askHub({ hub }: Bridge): Promise<HubAnswer> {
  try {
    const answer = await fetch(new URL('/healthz', hub), {
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await answer.body?.cancel();
    const date = Date.parse(answer.headers.get('date') ?? '');
    return { reached: answer.ok, date: Number.isNaN(date) ? undefined : date };
  } catch {
    return { reached: false, date: undefined };
  }
}

export const checkHub = ({ hub }: Bridge, answer: HubAnswer): CheckItem => ({
  item: 'hub',
  verdict: answer.reached ? 'good' : 'bad',
  finding: answer.reached ? 'reached' : 'unreachable',
  fields: { hub },
  repairable: false,
});

export function checkClock({ clock }: Bridge, answer: HubAnswer): CheckItem {
  const base = { item: 'clock', repairable: false } as const;
  if (answer.date === undefined) return { ...base, verdict: 'unknown', finding: 'not-compared' };
  const skew = clock.now() - answer.date;
  const seconds = Math.round(Math.abs(skew) / 1000);
  if (Math.abs(skew) <= MAX_SKEW_MS)
    return { ...base, verdict: 'good', finding: 'right', fields: { seconds } };
  return { ...base, verdict: 'bad', finding: skew > 0 ? 'fast' : 'slow', fields: { seconds } };
}
