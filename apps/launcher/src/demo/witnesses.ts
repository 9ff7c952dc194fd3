import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Ports } from '../ports.ts';
import type { createSupervisor } from '../processes.ts';

type Setting = {
  readonly dist: string;
  readonly data: string;
  readonly ports: Ports;
  readonly supervisor: ReturnType<typeof createSupervisor>;
  readonly serverEnv: Readonly<Record<string, string>>;
};

/** Two, as if of two organisations; in earnest they run on other people's machines. */
const WITNESSES = [
  { id: 'witness-1', name: 'witness-1.hufu.demo', port: 'witness1' },
  { id: 'witness-2', name: 'witness-2.hufu.demo', port: 'witness2' },
] as const;

/** Starts the witnesses of the evidence log. @returns the settings by which the server asks them, both of them */
export async function startWitnesses(setting: Setting): Promise<Record<string, string>> {
  const { dist, data, ports, supervisor } = setting;
  const log = await logKey(setting);
  const named = await Promise.all(
    WITNESSES.map(async ({ id, name, port }) => {
      const address = `http://127.0.0.1:${ports[port]}`;
      await supervisor.start({
        name: id,
        entry: path.join(dist, 'witness', 'main.js'),
        env: {
          WITNESS_NAME: name,
          WITNESS_PORT: String(ports[port]),
          WITNESS_DATA: path.join(data, 'witnesses', id),
          WITNESS_LOGS: log,
        },
        ready: `${address}/healthz`,
      });
      const { vkey } = (await (await fetch(address, { headers: { connection: 'close' } })).json()) as {
        vkey: string;
      };
      return `${address} ${vkey}`;
    }),
  );
  return { HUFU_WITNESSES: named.join(','), HUFU_WITNESS_QUORUM: String(WITNESSES.length) };
}

/** Witnesses watch the log whose key they were given, not one that presents itself. */
async function logKey({ dist, serverEnv }: Setting): Promise<string> {
  const program = path.join(dist, 'server', 'evidence-keys.cli.js');
  const { stdout } = await promisify(execFile)(process.execPath, [program], {
    env: { ...process.env, ...serverEnv },
  });
  const line = stdout.split('\n').find((one) => one.startsWith('log '));
  if (line === undefined) throw new Error('the evidence log has no key');
  return line.slice('log '.length);
}
