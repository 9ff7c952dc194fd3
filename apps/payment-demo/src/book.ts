import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeDurably } from '@hufu/kernel/node';
import { z } from 'zod';
import { paymentError } from './errors.ts';
import { Payment } from './payments.ts';

/** All payments: in memory, and in one file that is replaced at each change before anybody is told. */
export type Book = {
  byOrder(order: string): Payment | undefined;
  byToken(token: string): Payment | undefined;
  all(): readonly Payment[];
  /** One change at a time; what `decide` throws changes nothing. */
  change(decide: () => Payment): Promise<Payment>;
};

async function readBook(file: string): Promise<Payment[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const parsed = z.array(Payment).safeParse(JSON.parse(text));
  if (!parsed.success) throw paymentError('PAYMENT_BOOK', {}, parsed.error);
  return parsed.data;
}

/** @throws PAYMENT_BOOK */
export async function openBook(folder: string): Promise<Book> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, 'payments.json');
  const payments = new Map((await readBook(file)).map((one) => [one.order, one]));
  let queue: Promise<unknown> = Promise.resolve();
  return {
    byOrder: (order) => payments.get(order),
    byToken: (token) => [...payments.values()].find((one) => one.token === token),
    all: () => [...payments.values()],
    change(decide) {
      const turn = queue.then(async () => {
        const changed = decide();
        const next = new Map(payments).set(changed.order, changed);
        await writeDurably(file, Buffer.from(JSON.stringify([...next.values()])));
        payments.set(changed.order, changed);
        return changed;
      });
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
}
