import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { caError } from '../errors.ts';
import { syncFolder } from '../keys/durable-file.ts';
import { type JournalEvent, journalEventSchema } from './events.ts';

export type Journal = {
  /** Resolves once the event is on the disk. After a failure nothing more is accepted. @throws CA_JOURNAL */
  append(event: JournalEvent): Promise<void>;
  close(): Promise<void>;
};

const NEWLINE = 0x0a;

function parseLine(line: string, number: number): JournalEvent {
  try {
    return journalEventSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw caError('CA_JOURNAL', { line: number }, cause);
  }
}

/** Whole lines only: what stands behind the last line break was never acknowledged. */
async function readEvents(handle: FileHandle): Promise<JournalEvent[]> {
  const bytes = await handle.readFile();
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  if (end < bytes.length) await handle.truncate(end);
  const lines = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
  return lines.map((line, index) => parseLine(line, index + 1));
}

/** Opens the journal and gives back what it holds. @throws CA_JOURNAL */
export async function openJournal(path: string): Promise<{ journal: Journal; events: JournalEvent[] }> {
  const handle = await open(path, 'a+', 0o600);
  const events = await readEvents(handle).catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  await syncFolder(dirname(path));
  let last: Promise<void> = Promise.resolve();

  async function write(event: JournalEvent): Promise<void> {
    try {
      await handle.appendFile(`${JSON.stringify(event)}\n`);
      await handle.datasync();
    } catch (cause) {
      throw caError('CA_JOURNAL', {}, cause);
    }
  }

  const journal: Journal = {
    // Chained on success alone: behind a failed write, the end of the file is not known.
    append: (event) => {
      last = last.then(() => write(event));
      return last;
    },
    async close() {
      await last.catch(() => undefined);
      await handle.close();
    },
  };
  return { journal, events };
}
