import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { announce, type RunningDemo } from './demos.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const SPAN = 16;

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = net.createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/** The demo needs a run of ports: the hub's and those of its companions above it. */
async function freeBase(from: number): Promise<number> {
  for (let base = from; base < 28_000; base += SPAN) {
    const free = await Promise.all(Array.from({ length: SPAN }, (_, i) => isFree(base + i)));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no free run of ports');
}

type Started = RunningDemo & { stop(): Promise<void> };

/** Starts a whole demo installation in an empty data directory, as `npm start` does. */
async function startDemo(port: number): Promise<Started> {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-e2e-'));
  const demo = spawn(process.execPath, ['--enable-source-maps', path.join(root, 'dist/launcher/main.js')], {
    env: { ...process.env, HUFU_PORT: String(port), HUFU_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const base = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const ready = /^ready (http:\/\/\S+)/m.exec(output);
      if (ready?.[1] !== undefined) resolve(ready[1]);
    };
    demo.stdout.on('data', read);
    demo.stderr.on('data', read);
    demo.once('exit', (code) => reject(new Error(`the demo exited with ${code}\n${output}`)));
  });
  return {
    base,
    port,
    data,
    async stop() {
      demo.removeAllListeners('exit');
      await new Promise<void>((resolve) => {
        demo.once('exit', () => resolve());
        demo.kill('SIGTERM');
      });
      fs.rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Starts the demos; the returned function stops them. */
export default async function globalSetup() {
  const port = await freeBase(18_700);
  const [first, second] = await Promise.all([
    startDemo(port),
    freeBase(port + SPAN).then((next) => startDemo(next)),
  ]);
  announce({ first, second });
  return async () => {
    await Promise.all([first.stop(), second.stop()]);
  };
}
