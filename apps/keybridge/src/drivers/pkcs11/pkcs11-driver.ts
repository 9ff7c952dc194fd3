import { existsSync } from 'node:fs';
import type { TokenDriver } from '../token-driver.ts';
import { type HostProgram, moduleProcess } from './module-process.ts';

export type Pkcs11Options = {
  /** Letters, digits and hyphens. */
  readonly id: string;
  /** Path of the module (`.so`, `.dylib`, `.dll`). */
  readonly path: string;
  /** How this program starts itself again. As it was started when absent. */
  readonly program?: HostProgram;
};

/** Tokens behind a PKCS#11 v2.40 module: RSA and P-256 signatures with keys that never leave the token. */
export function pkcs11Driver({ id, path, program }: Pkcs11Options): TokenDriver {
  const module = moduleProcess(path, program ?? { entry: process.argv[1] ?? '', execArgv: process.execArgv });

  return {
    id,
    async health() {
      if (!existsSync(path)) return 'absent';
      return (await module.isReady()) ? 'ready' : 'broken';
    },
    tokens: () => module.ask('tokens', {}),
    keys: (tokenRef) => module.ask('keys', { tokenRef }),
    async open(tokenRef, pin) {
      const { session } = await module.ask('open', { tokenRef, pin });
      return {
        sign: (keyRef, message) => module.ask('sign', { session, keyRef, message }),
        close: () => module.ask('close', { session }),
      };
    },
    // Modules tell of changes unreliably, where at all: whoever waits for a change looks again by itself.
    watch: () => () => {},
    close: async () => module.close(),
  };
}
