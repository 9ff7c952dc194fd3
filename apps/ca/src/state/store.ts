import { join } from 'node:path';
import type { Faults } from '../options.ts';
import type { JournalEvent } from './events.ts';
import { openJournal } from './journal.ts';
import { Register } from './register.ts';

export type Store = {
  readonly register: Register;
  /** Decides on the present state, writes the event, then applies it: one change at a time. */
  change(decide: (register: Register) => JournalEvent | Promise<JournalEvent>): Promise<JournalEvent>;
  close(): Promise<void>;
};

/** @throws CA_JOURNAL */
export async function openStore(dataDir: string, faults: Faults): Promise<Store> {
  const { journal, events } = await openJournal(join(dataDir, 'journal.jsonl'));
  const register = new Register(faults);
  for (const event of events) register.apply(event);
  let queue: Promise<unknown> = Promise.resolve();
  return {
    register,
    change(decide) {
      const turn = queue.then(async () => {
        const event = await decide(register);
        await journal.append(event);
        register.apply(event);
        return event;
      });
      queue = turn.catch(() => undefined);
      return turn;
    },
    async close() {
      await queue;
      await journal.close();
    },
  };
}
