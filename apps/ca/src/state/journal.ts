import { openLineJournal } from '@hufu/kernel/node';
import { caError } from '../errors.ts';
import { type JournalEvent, journalEventSchema } from './events.ts';

export type Journal = {
  /** Resolves once the event is on the disk. After a failure nothing more is accepted. @throws CA_JOURNAL */
  append(event: JournalEvent): Promise<void>;
  close(): Promise<void>;
};

function parseLine(line: string, number: number): JournalEvent {
  try {
    return journalEventSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw caError('CA_JOURNAL', { line: number }, cause);
  }
}

/** Opens the journal and gives back what it holds. @throws CA_JOURNAL */
export async function openJournal(path: string): Promise<{ journal: Journal; events: JournalEvent[] }> {
  const { journal, lines } = await openLineJournal(path);
  try {
    const events = lines.map((line, index) => parseLine(line, index + 1));
    return { journal: { append: (event) => write(event), close: () => journal.close() }, events };
  } catch (error) {
    await journal.close();
    throw error;
  }

  async function write(event: JournalEvent): Promise<void> {
    try {
      await journal.append(JSON.stringify(event));
    } catch (cause) {
      throw caError('CA_JOURNAL', {}, cause);
    }
  }
}
