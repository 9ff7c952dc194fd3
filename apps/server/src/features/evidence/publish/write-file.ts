import fs from 'node:fs/promises';
import path from 'node:path';

let written = 0;

/** Whole or not at all, and on the disk before its name appears: readers and a power cut never see half a file. */
export async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  written += 1;
  const draft = `${file}.${process.pid}-${written}.tmp`;
  const handle = await fs.open(draft, 'w', 0o644);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await fs.rename(draft, file);
}
