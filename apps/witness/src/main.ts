/**
 * A witness of evidence logs. `main.js` serves; `main.js vkey` prints its verification key, which is to be handed to
 * the logs and to those who verify, and makes the key when there is none.
 */
import path from 'node:path';
import { CodedError, systemClock } from '@hufu/kernel';
import { formatVkey, noteKey } from '@hufu/ledger';
import { nodeLedgerCrypto } from '@hufu/ledger/node';
import { readWitnessConfig } from './config.ts';
import { serveWitness } from './serve.ts';
import { fileState } from './state.ts';
import { createWitness } from './witness.ts';
import { openWitnessKey } from './witness-key.ts';

try {
  await run();
} catch (error) {
  const said =
    error instanceof CodedError ? { code: error.code, fields: error.fields } : { error: String(error) };
  console.error(JSON.stringify({ level: 'fatal', ...said }));
  process.exit(1);
}

async function run(): Promise<void> {
  const { name, host, port, data, logs } = readWitnessConfig(process.env);
  const signer = openWitnessKey(data);
  const key = noteKey('cosignature', name, signer.publicKey);
  if (process.argv[2] === 'vkey') {
    console.log(formatVkey(key));
    return;
  }
  const state = fileState(path.join(data, 'logs'));
  const witness = createWitness({
    name,
    signer,
    logs,
    state,
    crypto: nodeLedgerCrypto(),
    clock: systemClock,
  });
  const app = serveWitness({ witness, key, logs });
  const address = await app.listen({ host, port });
  console.log(`ready ${address}`);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await app.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
  process.on('disconnect', () => void stop());
}
