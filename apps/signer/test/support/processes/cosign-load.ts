/**
 * For the bench: the vault behind its socket answers requests that were prepared before, and tells the processor time of
 * one signature, in µs, its caller's side of the connection included. Argument: {requests, items}.
 */
import { utf8 } from '@hufu/kernel';
import { VAULT_DEFAULTS } from '../../../src/index.ts';
import { TestDevice } from '../device.ts';
import { testVault } from '../vault.ts';

type Orders = { readonly requests: number; readonly items: number };

const { requests, items } = JSON.parse(process.argv[2] ?? '{}') as Orders;
const limits = { ...VAULT_DEFAULTS.limits, signaturesPerMinute: 1e9, signaturesPerDay: 1e9 };
const vault = await testVault({ limits });
const device = new TestDevice(vault);
const kept = await device.enrol();
const messages = Array.from({ length: items }, (_, i) => utf8(`message ${i}`));
// One token serves them all: for the vault, a device that its answers never reach.
const prepared = Array.from({ length: requests + 1 }, () =>
  device.seal(device.prepare(kept, messages).request),
);
const [warmUp, ...load] = prepared;
await vault.ask('/v1/halves/ops/sign', warmUp);

const began = performance.now();
const start = process.cpuUsage();
for (const request of load) await vault.ask('/v1/halves/ops/sign', request);
const { user, system } = process.cpuUsage(start);
const elapsed = performance.now() - began;
await vault.close();
const signatures = requests * items;
process.stdout.write(
  JSON.stringify({ micros: (user + system) / signatures, perSecond: (1000 * signatures) / elapsed }),
);
