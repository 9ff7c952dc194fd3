import { type OpenedScan, type ScanResult, type ScanSession, scanRoutes } from '@hufu/contracts';
import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { call } from '../api/client.ts';
import { type ProblemError, toProblem } from '../api/problem.ts';
import { followScan, isOpenScan } from './follow-scan.ts';
import { type KeptScan, keepScan, recallScan } from './scan-memory.ts';

export type ScanView =
  | { readonly at: 'opening' }
  | { readonly at: 'failed'; readonly error: ProblemError }
  | {
      readonly at: 'shown';
      readonly scan: ScanSession;
      readonly url: string;
      /** When it expires, on this page's monotonic clock: the computer's own clock may be wrong. */
      readonly deadline: number;
    };

export type ScanUse = {
  /** What a page that is loaded again knows the scan by; undefined: it cannot go on with it. */
  readonly name: string | undefined;
  readonly open: (signal: AbortSignal) => Promise<OpenedScan>;
  readonly onResult: (result: ScanResult) => void;
};

/** One scan from its QR code to its result, and a new one when it is renewed. */
export function useScan({ name, open, onResult }: ScanUse) {
  const [view, setView] = useState<ScanView>({ at: 'opening' });
  const [turn, setTurn] = useState(0);
  const begin = useEffectEvent(open);
  const finish = useEffectEvent(onResult);

  const show = useCallback((scan: ScanSession, url: string) => {
    setView({ at: 'shown', scan, url, deadline: performance.now() + scan.remainingMs });
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn is a scan of its own
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    let current: ScanSession | undefined;
    const run = async () => {
      setView({ at: 'opening' });
      const { id, url } = (await recalled(name, signal)) ?? (await begin(signal));
      if (signal.aborted) return giveUp(id);
      if (name !== undefined) keepScan(name, { id, url });
      await followScan({
        id,
        signal,
        onScan(scan) {
          current = scan;
          show(scan, url);
          if (isOpenScan(scan)) return;
          if (name !== undefined) keepScan(name, undefined);
          if (scan.state === 'DONE' && scan.result !== null) finish(scan.result);
        },
      });
    };
    run().catch((error: unknown) => {
      if (!signal.aborted) setView({ at: 'failed', error: toProblem(error) });
    });
    return () => {
      stop.abort();
      // Leaving the page by its own ways ends the scan; loading it again does not come by here.
      if (name !== undefined) keepScan(name, undefined);
      if (current !== undefined && isOpenScan(current)) giveUp(current.id);
    };
  }, [name, turn]);

  return { view, renew: () => setTurn(turn + 1), show };
}

/** The scan of this page before it was loaded again, if there is still something to come of it. */
async function recalled(name: string | undefined, signal: AbortSignal): Promise<KeptScan | undefined> {
  const kept = name === undefined ? undefined : recallScan(name);
  if (kept === undefined) return undefined;
  const scan = await call(scanRoutes.find, { params: { id: kept.id }, signal }).catch(() => undefined);
  return scan !== undefined && (isOpenScan(scan) || scan.state === 'DONE') ? kept : undefined;
}

function giveUp(id: string): void {
  call(scanRoutes.cancel, { params: { id } }).catch(() => {
    // It expires by itself.
  });
}
