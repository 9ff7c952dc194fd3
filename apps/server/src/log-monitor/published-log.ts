import { type EntriesReader, entriesPath, TILE_WIDTH, type TileReader, tilePath } from '@hufu/ledger';

/** A log as anybody sees it, over HTTP. */
export type PublishedLog = {
  /** Undefined while nothing is published. */
  checkpoint(): Promise<string | undefined>;
  readonly tiles: TileReader;
  readonly entries: EntriesReader;
};

const TIMEOUT_MS = 15_000;
const PATIENCE = 5;
const PAUSE_MS = 1_000;

/** @param base address of the log, e.g. https://hub.example/log */
export function publishedLog(base: string): PublishedLog {
  const at = base.replace(/\/+$/, '');

  async function fetched(name: string): Promise<Uint8Array | undefined> {
    for (let i = 1; ; i++) {
      const answer = await fetch(`${at}/${name}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
      if (answer.status === 404) return undefined;
      // A log may ask its readers to slow down; whoever stays silent is told of as unreachable.
      if (i === PATIENCE) throw new Error(`${name}: status ${answer.status}`);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * i));
    }
  }
  /** A partial tile that has been filled since is the beginning of the full one; a missing one has no bytes. */
  async function part(path: (width: number) => string, width: number): Promise<Uint8Array> {
    const found = await fetched(path(width));
    if (found !== undefined) return found;
    return (width < TILE_WIDTH ? await fetched(path(TILE_WIDTH)) : undefined) ?? new Uint8Array();
  }

  return {
    async checkpoint() {
      const note = await fetched('checkpoint');
      return note && new TextDecoder().decode(note);
    },
    tiles: (level, index, width) => part((w) => tilePath({ level, index, width: w }), width),
    entries: (index, width) => part((w) => entriesPath({ index, width: w }), width),
  };
}
