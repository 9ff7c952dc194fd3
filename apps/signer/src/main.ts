/** The vault's composition root: the only place that reads the environment. */
import { assertSm2KnownAnswer } from '@hufu/gm/node';
import { CodedError } from '@hufu/kernel';
import { startVault } from './index.ts';
import { hostToken, TOKEN_COMMAND } from './master/pkcs11-host.ts';
import { optionsFromEnvironment } from './options.ts';

if (process.argv[2] === TOKEN_COMMAND) hostToken();
else await serve();

async function serve(): Promise<void> {
  try {
    assertSm2KnownAnswer();
    const vault = await startVault(optionsFromEnvironment(process.env));
    process.stdout.write(`ready ${vault.socket}\n`);
    let stopping = false;
    const stop = async () => {
      if (stopping) return;
      stopping = true;
      await vault.close();
      process.exit(0);
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
    // Started by a supervisor that is gone, however it went.
    process.on('disconnect', () => void stop());
  } catch (error) {
    const said =
      error instanceof CodedError ? { code: error.code, fields: error.fields } : { error: String(error) };
    console.error(JSON.stringify({ level: 'fatal', ...said }));
    process.exit(1);
  }
}
