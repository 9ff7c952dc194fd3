import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Workshop = {
  readonly folder: string;
  run(...args: readonly string[]): string;
  write(name: string, content: Uint8Array | string): void;
  read(name: string): Uint8Array;
  close(): void;
};

/** A folder to run openssl in. */
export function opensslWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-pki-'));
  return {
    folder,
    run: (...args) =>
      execFileSync('openssl', args, {
        cwd: folder,
        timeout: 60_000,
        stdio: ['ignore', 'pipe', 'pipe'],
      }).toString(),
    write: (name, content) => writeFileSync(join(folder, name), content),
    read: (name) => new Uint8Array(readFileSync(join(folder, name))),
    close: () => rmSync(folder, { recursive: true }),
  };
}
