import { fork } from 'node:child_process';
import { fromBase64, toBase64 } from '@hufu/kernel';
import { z } from 'zod';
import { signerError } from '../errors.ts';
import type { MasterWrap } from './master-key.ts';
import { TOKEN_COMMAND, type TokenAnswer, type TokenRequest } from './pkcs11-host.ts';

const Wrapped = z.strictObject({
  format: z.literal('hufu-signer-master-pkcs11-1'),
  token: z.string(),
  key: z.string(),
  data: z.string(),
});

export type Pkcs11WrapOptions = Pick<TokenRequest, 'module' | 'token' | 'key' | 'pin'> & {
  /** The vault's program; itself, unless a test says otherwise. */
  readonly program?: string;
};

/** The master key under an AES key that stays inside a PKCS#11 token. */
export function pkcs11Wrap({ program = process.argv[1] ?? '', ...token }: Pkcs11WrapOptions): MasterWrap {
  const ask = (act: TokenRequest['act'], data: Uint8Array) => askToken(program, { ...token, act, data });
  return {
    async wrap(masterKey) {
      await ask('make', new Uint8Array());
      const data = toBase64(await ask('wrap', masterKey));
      const wrapped: z.infer<typeof Wrapped> = {
        format: 'hufu-signer-master-pkcs11-1',
        token: token.token,
        key: token.key,
        data,
      };
      return `${JSON.stringify(wrapped)}\n`;
    },
    unwrap: (text) => ask('unwrap', dataOf(text)),
  };
}

function dataOf(text: string): Uint8Array {
  try {
    return fromBase64(Wrapped.parse(JSON.parse(text)).data);
  } catch (cause) {
    throw signerError('SIGNER_MASTER_KEY', {}, cause);
  }
}

/** @throws SIGNER_PKCS11 with the module's reason */
function askToken(program: string, request: TokenRequest): Promise<Uint8Array> {
  const child = fork(program, [TOKEN_COMMAND], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(signerError('SIGNER_PKCS11', { reason }));
    child.once('message', (answer: TokenAnswer) => {
      if ('data' in answer) resolve(new Uint8Array(answer.data));
      else fail(answer.reason);
    });
    child.once('error', () => fail('the program could not be started'));
    child.once('exit', () => fail('the module ended the process'));
    child.send(request);
  });
}
