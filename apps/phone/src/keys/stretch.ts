import type { Stretch } from '@hufu/phone-key';
import type { StretchAnswer, StretchOrder } from './stretch.worker.ts';

/**
 * Above the least that OWASP asks of argon2id (19 MiB, two passes), and within what a slow phone computes while its
 * holder still looks at the button. Guessing offline needs the vault's share besides.
 */
const COST = { memoryKib: 32_768, passes: 2 } as const;

let spare: Worker | undefined;

const start = (): Worker => new Worker(new URL('./stretch.worker.ts', import.meta.url), { type: 'module' });

/** Called when a PIN will soon be entered: the worker and its machinery are ready by then. */
export function warmStretch(): void {
  spare ??= start();
}

/** argon2id in a worker of its own, which ends with the answer: the memory that it filled is gone. */
export const argonStretch: Stretch = {
  cost: COST,
  run: (pin, salt, cost) =>
    new Promise((resolve, reject) => {
      const worker = spare ?? start();
      spare = undefined;
      worker.onmessage = ({ data }: MessageEvent<StretchAnswer>) => {
        worker.terminate();
        resolve(data.stretched);
      };
      worker.onerror = (event) => {
        worker.terminate();
        reject(new Error('The stretching worker failed', { cause: event.error }));
      };
      worker.postMessage({ pin, salt, cost } satisfies StretchOrder);
    }),
};
