import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export type Started = { readonly name: string; readonly child: ChildProcess };

export type Program = {
  readonly name: string;
  /** Bundled entry, e.g. dist/server/main.js */
  readonly entry: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Address that answers 2xx once the program is up, or another way to tell. */
  readonly ready: string | (() => Promise<boolean>);
};

const POLL_MS = 60;
const READY_WITHIN_MS = 180_000;
const STOP_WITHIN_MS = 15_000;

async function answers(address: string): Promise<boolean> {
  try {
    // A kept connection may be closed by the other side at the moment of the first question.
    const headers = { connection: 'close' };
    return (await fetch(address, { headers, signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

const isReady = (ready: Program['ready']): Promise<boolean> =>
  typeof ready === 'string' ? answers(ready) : ready();

/** Starts programs, each with a log file of its own, and stops them together, the last one first. */
export function createSupervisor(logDir: string, onDeath: (name: string, code: number | null) => void) {
  fs.mkdirSync(logDir, { recursive: true, mode: 0o700 });
  const started: Started[] = [];
  let stopping = false;

  async function start(program: Program): Promise<void> {
    const log = fs.openSync(path.join(logDir, `${program.name}.log`), 'a', 0o600);
    const child = spawn(process.execPath, ['--enable-source-maps', program.entry, ...(program.args ?? [])], {
      // The channel closes when this process dies, however it dies; the companions stop on that.
      stdio: ['ignore', log, log, 'ipc'],
      env: { ...process.env, ...program.env },
    });
    fs.closeSync(log);
    started.push({ name: program.name, child });
    let dead = false;
    child.once('exit', (code) => {
      dead = true;
      if (!stopping) onDeath(program.name, code);
    });
    const until = Date.now() + READY_WITHIN_MS;
    while (!dead && Date.now() < until) {
      if (await isReady(program.ready)) return;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    throw new Error(`${program.name} did not start; see ${path.join(logDir, `${program.name}.log`)}`);
  }

  async function stopOne({ child }: Started): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      const kill = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      child.once('exit', () => {
        clearTimeout(kill);
        resolve();
      });
      child.kill('SIGTERM');
    });
  }

  return {
    start,
    async stop(): Promise<void> {
      stopping = true;
      for (const one of [...started].reverse()) await stopOne(one);
    },
  };
}
