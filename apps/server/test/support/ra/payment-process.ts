import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { freePort } from '../free-port.ts';

const SOURCE = fileURLToPath(new URL('../../../../payment-demo/src/main.ts', import.meta.url));

export type PaymentProcess = {
  readonly url: string;
  readonly merchant: string;
  readonly secret: string;
  /** What a payer does on the page. @returns the page afterwards */
  pay(payUrl: string): Promise<string>;
  stop(): Promise<void>;
};

/** The sandbox's own program, which sends its notices to that address alone. */
export async function startPaymentProcess(
  directory: string,
  merchantOrigin: string,
): Promise<PaymentProcess> {
  const entry = path.join(directory, 'payment.mjs');
  await build({
    entryPoints: [SOURCE],
    outfile: entry,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const secret = randomBytes(16).toString('hex');
  const env = {
    PAYMENT_PORT: String(port),
    PAYMENT_BASE_URL: url,
    PAYMENT_DATA: path.join(directory, 'payments'),
    PAYMENT_MERCHANT: 'hufu',
    PAYMENT_SECRET: secret,
    PAYMENT_MERCHANT_ORIGIN: merchantOrigin,
  };
  const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await ready(child);
  return {
    url,
    merchant: 'hufu',
    secret,
    async pay(payUrl) {
      const answer = await fetch(payUrl, {
        method: 'POST',
        headers: {
          origin: url,
          'content-type': 'application/x-www-form-urlencoded',
          connection: 'close',
        },
        body: 'act=pay',
      });
      return answer.text();
    },
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
}

const ready = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', () => reject(new Error('the payment sandbox did not start')));
  });
