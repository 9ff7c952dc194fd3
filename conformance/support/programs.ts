import { type ChildProcess, spawn } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';

/** Where the built programs lie; `HUFU_TEST_DIST` points at those of another build. */
const dist = path.resolve(process.env['HUFU_TEST_DIST'] ?? path.join(import.meta.dirname, '../../dist'));

export const builtFile = (...parts: readonly string[]) => path.join(dist, ...parts);

const READY_WITHIN_MS = 170_000;
/** For hooks that start several programs: a shared machine may take its time. */
export const START_WITHIN_MS = 240_000;
const POLL_MS = 25;

export type Program = {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Address that answers 2xx once the program is up, or another way to tell. */
  readonly ready: string | (() => Promise<boolean>);
  /** The program has no such address: any answer will do. */
  readonly anyAnswer?: true;
  readonly cwd?: string;
};

export type Running = {
  /** Everything that it has printed. */
  output(): string;
  alive(): boolean;
  /** SIGTERM, and SIGKILL for one that does not listen. */
  stop(): Promise<void>;
  /** SIGKILL: as a power cut of this one process. */
  kill(): Promise<void>;
};

/** Settings of the machine that runs the tests must not reach the programs under test. */
function environment(own: Readonly<Record<string, string>>): Record<string, string> {
  const { PATH = '', HOME = '', LANG = 'C.UTF-8' } = process.env;
  return { PATH, HOME, LANG, ...own };
}

export async function startProgram(program: Program): Promise<Running> {
  const child = spawn(program.command, program.args, {
    env: environment(program.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(program.cwd === undefined ? {} : { cwd: program.cwd }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-2_000_000);
    });
  }
  const running = handle(child, () => output);
  const until = Date.now() + READY_WITHIN_MS;
  while (running.alive() && Date.now() < until) {
    if (await answers(program.ready, program.anyAnswer)) return running;
    await pause(POLL_MS);
  }
  await running.kill();
  throw new Error(`${program.args.join(' ')} did not start:\n${output}`);
}

function handle(child: ChildProcess, output: () => string): Running {
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const alive = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const end = async (signal: NodeJS.Signals) => {
    if (alive()) child.kill(signal);
    await gone;
  };
  return {
    output,
    alive,
    async stop() {
      const patience = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await end('SIGTERM');
      clearTimeout(patience);
    },
    kill: () => end('SIGKILL'),
  };
}

async function answers(address: Program['ready'], anyAnswer = false): Promise<boolean> {
  if (typeof address !== 'string') return address();
  try {
    return (await fetch(address, { signal: AbortSignal.timeout(5_000) })).ok || anyAnswer;
  } catch {
    return false;
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A port that nobody listens on, above those that demos use. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await new Promise<number>((resolve, reject) => {
      const probe = net.createServer().once('error', reject);
      probe.listen(0, '127.0.0.1', () => {
        const { port } = probe.address() as net.AddressInfo;
        probe.close(() => resolve(port));
      });
    });
    if (port >= 30_000) return port;
  }
}
