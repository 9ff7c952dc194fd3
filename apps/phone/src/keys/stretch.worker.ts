import type { StretchCost } from '@hufu/phone-key';
import { argon2id } from 'hash-wasm';

export type StretchOrder = {
  readonly pin: Uint8Array;
  readonly salt: Uint8Array;
  readonly cost: StretchCost;
};
export type StretchAnswer = { readonly stretched: Uint8Array };

addEventListener('message', ({ data }: MessageEvent<StretchOrder>) => {
  const { pin, salt, cost } = data;
  void argon2id({
    password: pin,
    salt,
    parallelism: 1,
    iterations: cost.passes,
    memorySize: cost.memoryKib,
    hashLength: 32,
    outputType: 'binary',
  }).then((stretched) => postMessage({ stretched } satisfies StretchAnswer));
});
