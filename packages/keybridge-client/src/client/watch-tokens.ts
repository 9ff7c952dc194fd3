import { CodedError } from '@hufu/kernel';
import { MAX_WAIT_SECONDS } from '../protocol/common.ts';
import { type TokenInfo, type TokenList, tokenListSchema } from '../protocol/token.ts';
import { type Connection, call } from './connection.ts';

export type TokenChange = {
  readonly list: TokenList;
  readonly inserted: readonly TokenInfo[];
  readonly removed: readonly TokenInfo[];
};

export type TokenWatcher = {
  /** The first call brings what is plugged in already, as inserted. */
  onChange(change: TokenChange): void;
  /** The watch goes on: it reports once for each time that the bridge is lost. */
  onLost?(error: CodedError): void;
};

const RETRY_MS = 3_000;

/** Follows tokens as they come and go, by long polls. @returns what ends the watch */
export function watchTokens(link: Connection, watcher: TokenWatcher): () => void {
  const ended = new AbortController();
  void follow(link, watcher, ended.signal);
  return () => ended.abort();
}

async function follow(link: Connection, watcher: TokenWatcher, signal: AbortSignal): Promise<void> {
  let last: TokenList | undefined;
  let isLost = false;
  while (!signal.aborted) {
    try {
      const query = last === undefined ? '' : `?after=${last.revision}&wait=${MAX_WAIT_SECONDS}`;
      const list = await call(link, { path: `/tokens${query}`, answer: tokenListSchema, signal });
      if (signal.aborted) return;
      isLost = false;
      if (list.revision === last?.revision) continue;
      watcher.onChange({
        list,
        inserted: missingFrom(last?.tokens ?? [], list.tokens),
        removed: missingFrom(list.tokens, last?.tokens ?? []),
      });
      last = list;
    } catch (error) {
      if (signal.aborted) return;
      if (!isLost && error instanceof CodedError) watcher.onLost?.(error);
      isLost = true;
      await pause(RETRY_MS, signal);
    }
  }
}

const missingFrom = (known: readonly TokenInfo[], tokens: readonly TokenInfo[]): readonly TokenInfo[] =>
  tokens.filter(({ tokenId }) => !known.some((token) => token.tokenId === tokenId));

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
