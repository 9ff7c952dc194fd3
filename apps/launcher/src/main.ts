import path from 'node:path';
import { startDemo } from './demo/start-demo.ts';
import { portsFrom } from './ports.ts';
import { createSupervisor } from './processes.ts';

const dist = path.resolve(import.meta.dirname, '..');
const port = Number(process.env['HUFU_PORT'] ?? 8700);
const data = path.resolve(process.env['HUFU_DATA'] ?? './var');
const isDemo = (process.env['HUFU_MODE'] ?? 'demo') === 'demo' && process.env['HUFU_CONFIG'] === undefined;

const supervisor = createSupervisor(path.join(data, 'logs'), (name, code) => {
  console.error(`${name} stopped with ${code ?? 'a signal'}; see ${path.join(data, 'logs', `${name}.log`)}`);
  void stop(1);
});

let stopping: Promise<void> | undefined;
async function stop(code: number): Promise<never> {
  stopping ??= supervisor.stop();
  await stopping;
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));

try {
  if (isDemo) {
    await startDemo({ dist, data, ports: portsFrom(port), supervisor });
  } else {
    const ready = `http://127.0.0.1:${port}/readyz`;
    await supervisor.start({ name: 'server', entry: path.join(dist, 'server', 'main.js'), env: {}, ready });
  }
} catch (error) {
  console.error(error);
  await stop(1);
}

const base = process.env['HUFU_BASE_URL'] ?? `http://localhost:${port}`;
if (isDemo) {
  console.log(`\n  虎符 Hufu 演示已启动 · the demo is up`);
  console.log(`  从这里开始 · start here   ${base}/demo`);
  console.log(`  数据 · data               ${data}\n`);
}
console.log(`ready ${base}`);
