import type { StretchCost } from '@hufu/phone-key';
import { argon2id } from 'hash-wasm';

export type StretchOrder = {
  readonly pin: Uint8Array;
  readonly salt: Uint8Array;
  readonly cost: StretchCost;
};
export type StretchAnswer = { readonly stretched: Uint8Array };

const stretch = ({ pin, salt, cost }: StretchOrder): Promise<Uint8Array> =>
  argon2id({
    password: pin,
    salt,
    parallelism: 1,
    iterations: cost.passes,
    memorySize: cost.memoryKib,
    hashLength: 32,
    outputType: 'binary',
  });

// Compiles what the first real order would otherwise wait for.
const ready = stretch({
  pin: new Uint8Array(6),
  salt: new Uint8Array(16),
  cost: { memoryKib: 8, passes: 1 },
});

addEventListener('message', ({ data }: MessageEvent<StretchOrder>) => {
  void ready
    .then(() => stretch(data))
    .then((stretched) => postMessage({ stretched } satisfies StretchAnswer));
});
