/** A server's sequencer alone, as a process that can be killed. Says on stdout what state it is in. */
import { systemClock } from '@hufu/kernel';
import { parseVkey } from '@hufu/ledger';
import { openLogKeys } from '../../../src/features/evidence/log-keys.ts';
import { logFiles } from '../../../src/features/evidence/publish/publish-log.ts';
import { runSequencer } from '../../../src/features/evidence/sequencer/run-sequencer.ts';
import { createSequencer } from '../../../src/features/evidence/sequencer/sequencer.ts';
import { httpWitnesses } from '../../../src/features/evidence/witnesses/witness-client.ts';
import { openPostgresql } from '../../../src/infra/database/open.ts';
import { systemRandom } from '../../../src/infra/random.ts';
import { openFileVault } from '../../../src/infra/vault/file-vault.ts';

type Orders = {
  readonly url: string;
  readonly vault: string;
  readonly passphrase: string;
  readonly files: string;
  readonly witnesses: readonly string[];
};

const LEASE_SECONDS = 1;

const orders = JSON.parse(process.argv[2] ?? '') as Orders;
const database = await openPostgresql({ url: orders.url, poolSize: 4 });
const vault = openFileVault({
  file: orders.vault,
  passphrase: orders.passphrase,
  clock: systemClock,
  random: systemRandom,
});
const witnesses = orders.witnesses.map((setting) => {
  const [url = '', vkey = ''] = setting.split(' ');
  return { url, key: parseVkey(vkey) };
});
const sequencer = createSequencer({
  database,
  clock: systemClock,
  keys: await openLogKeys(vault),
  files: logFiles(orders.files),
  ask: httpWitnesses(2_000),
  settings: { witnesses, quorum: witnesses.length, batch: 64, leaseSeconds: LEASE_SECONDS },
  seenElsewhere: async () => [],
});
const running = runSequencer(sequencer, {
  busyMs: 20,
  idleMs: 20,
  standbyMs: 50,
  keepMs: LEASE_SECONDS * 300,
  onFailure: (error) => process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`),
});

const timer = setInterval(() => {
  if (running.state().state !== 'leading') return;
  clearInterval(timer);
  process.stdout.write('leading\n');
}, 20);
