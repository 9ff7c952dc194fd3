import { parseArgs } from 'node:util';
import { CodedError } from '@hufu/kernel';
import { ZodError } from 'zod';
import { TOKEN_USAGE, tokenCommand, UsageError } from './cli/token-command.ts';
import { CONFIG_OPTIONS, readConfig } from './config.ts';
import { hostModule } from './drivers/pkcs11/module-host.ts';
import { pkcs11Driver } from './drivers/pkcs11/pkcs11-driver.ts';
import { startBridge } from './start-bridge.ts';
import { isFsError } from './storage/durable-file.ts';

const USAGE = `证书助手 · certificate assistant

  start        [--port 8709] [--data DIR] [--hub URL] [--pkcs11 MODULE]...
  ${TOKEN_USAGE}
`;

async function start(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: CONFIG_OPTIONS });
  const config = readConfig(values, process.env);
  const running = await startBridge({
    ...config,
    drivers: config.pkcs11Modules.map((path, index) => pkcs11Driver({ id: `pkcs11-${index + 1}`, path })),
  });
  const stop = (): void => {
    running.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  console.log(`ready ${running.bridge.address.origin}/`);
}

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  start,
  token: tokenCommand,
  /** Not for people: the process that holds one PKCS#11 module. */
  'pkcs11-host': async ([path]) => hostModule(path ?? ''),
};

function fail(error: unknown): never {
  if (error instanceof UsageError) console.error(error.message);
  else if (error instanceof CodedError) console.error(error.code, error.fields);
  else if (error instanceof ZodError) console.error(error.issues.map((issue) => issue.message).join('\n'));
  else if (isFsError(error, 'EADDRINUSE')) console.error('端口已被占用 / the port is in use');
  else console.error(error);
  process.exit(1);
}

const [command = 'start', ...rest] = process.argv.slice(2);
const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
if (run === undefined) {
  console.error(USAGE);
  process.exit(2);
}
run(rest).catch(fail);
