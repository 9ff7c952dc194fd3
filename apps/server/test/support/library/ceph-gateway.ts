import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../free-port.ts';

const run = promisify(execFile);

export type Gateway = {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  stop(): Promise<void>;
};

type Ports = { readonly monitor: number; readonly gateway: number };

/**
 * One monitor, one disk in memory. Version 2 of the messenger hangs the gateway without authentication, so only
 * version 1 is spoken.
 */
const configuration = (directory: string, fsid: string, ports: Ports): string => `[global]
fsid = ${fsid}
mon host = v1:127.0.0.1:${ports.monitor}
ms bind msgr2 = false
ms bind ipv6 = false
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon max pg per osd = 1000
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 1073741824
run dir = ${directory}/run
admin socket = ${directory}/run/$name.asok
log file = ${directory}/$name.log
pid file = ${directory}/run/$name.pid
keyring = ${directory}/keyring
[mon.a]
mon data = ${directory}/mon
mon warn on pool no redundancy = false
[osd.0]
osd data = ${directory}/osd
[client.rgw.a]
rgw frontends = beast endpoint=127.0.0.1:${ports.gateway}
rgw data = ${directory}/rgw
`;

const ACCESS = { accessKeyId: 'TESTACCESSKEY', secretAccessKey: 'testsecretkeytestsecretkey' };
const LONGEST_START = 60_000;

/** The S3 gateway of Ceph over a cluster of one machine in memory. */
export async function startGateway(): Promise<Gateway> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-ceph-'));
  for (const folder of ['mon', 'osd', 'rgw', 'run']) fs.mkdirSync(path.join(directory, folder));
  const ports = { monitor: await freePort(), gateway: await freePort() };
  const [fsid, disk] = [randomUUID(), randomUUID()];
  const file = path.join(directory, 'ceph.conf');
  fs.writeFileSync(file, configuration(directory, fsid, ports));
  const daemons: ChildProcess[] = [];
  const daemon = (name: string, args: string[]) => {
    daemons.push(spawn(name, ['-c', file, '-f', ...args], { stdio: 'ignore' }));
  };
  const tool = (name: string, args: string[]) => run(name, ['-c', file, ...args], { timeout: 30_000 });
  const stop = async () => {
    await Promise.all(
      daemons.map((one) => {
        const ended = new Promise((resolve) => one.once('exit', resolve));
        one.kill('SIGKILL');
        return one.exitCode === null && one.signalCode === null ? ended : undefined;
      }),
    );
    fs.rmSync(directory, { recursive: true, force: true });
  };

  try {
    const keyring = path.join(directory, 'keyring');
    const map = path.join(directory, 'monmap');
    await run('ceph-authtool', [
      '--create-keyring',
      keyring,
      '--gen-key',
      '-n',
      'mon.',
      '--cap',
      'mon',
      'allow *',
    ]);
    const address = `v1:127.0.0.1:${ports.monitor}`;
    await run('monmaptool', ['--create', '--addv', 'a', address, '--fsid', fsid, map]);
    await tool('ceph-mon', ['--mkfs', '-i', 'a', '--monmap', map, '--keyring', keyring]);
    daemon('ceph-mon', ['-i', 'a']);
    await tool('ceph', ['osd', 'new', disk]);
    await tool('ceph-osd', ['-i', '0', '--mkfs', '--osd-uuid', disk]);
    daemon('ceph-osd', ['-i', '0']);
    const keys = ['--access-key', ACCESS.accessKeyId, '--secret-key', ACCESS.secretAccessKey];
    await tool('radosgw-admin', ['user', 'create', '--uid=hufu', '--display-name=hufu', ...keys]);
    daemon('radosgw', ['-n', 'client.rgw.a']);
    const endpoint = `http://127.0.0.1:${ports.gateway}`;
    await untilAnswered(endpoint);
    return { endpoint, ...ACCESS, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilAnswered(endpoint: string): Promise<void> {
  const deadline = Date.now() + LONGEST_START;
  for (;;) {
    try {
      await (await fetch(endpoint)).text();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
