/** The worker thread's entry: one durable PGlite behind a mailbox of protocol bytes. */
import { parentPort, workerData } from 'node:worker_threads';
import { openDurable } from './pglite-durable.ts';

export type ToThread = { kind: 'exec'; id: number; bytes: Uint8Array<ArrayBuffer> } | { kind: 'close' };
export type FromThread =
  | { kind: 'ready' }
  | { kind: 'refused'; code: string }
  | { kind: 'answer'; id: number; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'failed'; id: number; reason: string }
  | { kind: 'closed' };

const port = parentPort;
if (port) await serve(port);

async function serve(mailbox: NonNullable<typeof parentPort>): Promise<void> {
  const tell = (message: FromThread, transfer: ArrayBuffer[] = []) => mailbox.postMessage(message, transfer);
  try {
    const database = await openDurable(String((workerData as { directory: string }).directory));
    mailbox.on('message', (message: ToThread) => {
      if (message.kind === 'close') {
        void database.close().then(() => tell({ kind: 'closed' }));
        return;
      }
      database
        .execProtocolRaw(message.bytes, { syncToFs: false })
        .then((out) => {
          const bytes = new Uint8Array(out);
          tell({ kind: 'answer', id: message.id, bytes }, [bytes.buffer]);
        })
        .catch((error: unknown) => tell({ kind: 'failed', id: message.id, reason: String(error) }));
    });
    tell({ kind: 'ready' });
  } catch (error) {
    tell({ kind: 'refused', code: error instanceof Error ? error.message : String(error) });
  }
}
