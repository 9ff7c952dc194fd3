import { CodedError } from '@hufu/kernel';
import type { ChainHead } from '../anchors/driver.ts';
import type { SeenHead } from './guard.ts';

export type OutsideHeads = {
  /** What others have seen; one that cannot be asked now is left out, and told of. */
  seen(): Promise<readonly SeenHead[]>;
  /** Whether the last start went without the chain's word. */
  isBlind(): boolean;
};

export type OutsideParts = {
  /** Undefined when no chain is configured or it holds none of ours. */
  readonly chainHead: () => Promise<ChainHead | undefined>;
  /** @param code of the failure */
  readonly onUnseen: (code: string, error: unknown) => void;
};

/**
 * Asks the chain before the first signature. A chain that cannot be asked is no reason not to start, since the published
 * files and the witnesses remain; but one guard fewer was asked, and somebody should know.
 */
export function outsideHeads({ chainHead, onUnseen }: OutsideParts): OutsideHeads {
  let blind = false;
  return {
    async seen() {
      try {
        const head = await chainHead();
        blind = false;
        return head === undefined ? [] : [{ source: 'chain', ...head }];
      } catch (error) {
        blind = true;
        onUnseen(error instanceof CodedError ? error.code : 'UNKNOWN', error);
        return [];
      }
    },
    isBlind: () => blind,
  };
}
