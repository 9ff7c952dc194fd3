import { useEffect } from 'react';
import { own } from '../shared/own-api.ts';

const WAIT_SECONDS = 25;
const RETRY_MS = 3_000;

/** Calls back whenever a key is plugged in or pulled out, while the view is open. */
export function useTokenChanges(changed: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: one watch for the life of the view
  useEffect(() => {
    let isOpen = true;
    let revision: string | undefined;
    const follow = async (): Promise<void> => {
      while (isOpen) {
        try {
          const query = revision === undefined ? '' : `?wait=${WAIT_SECONDS}&after=${revision}`;
          const list = await own<{ revision: string }>(`/tokens${query}`);
          if (isOpen && revision !== undefined && list.revision !== revision) changed();
          revision = list.revision;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        }
      }
    };
    void follow();
    return () => {
      isOpen = false;
    };
  }, []);
}
