/** The server's composition root: the only place that reads the environment. */
import fs from 'node:fs';
import path from 'node:path';
import { assertSm2KnownAnswer } from '@hufu/gm/node';
import { CodedError, systemClock } from '@hufu/kernel';
import { createApp } from './app.ts';
import { compose } from './compose.ts';
import { layGround } from './ground.ts';
import { readConfig } from './infra/config/config.ts';
import { directoryTransport, smtpTransport } from './infra/mail/mail.ts';
import { placesOf } from './places.ts';

const places = placesOf(import.meta.url);

try {
  await serve();
} catch (error) {
  // Before there is a log: what is wrong with the installation, never a value of it.
  const said =
    error instanceof CodedError ? { code: error.code, fields: error.fields } : { error: String(error) };
  console.error(JSON.stringify({ level: 'fatal', ...said }));
  process.exit(1);
}

async function serve(): Promise<void> {
  assertSm2KnownAnswer();
  const config = readConfig(process.env, (file) => fs.readFileSync(file, 'utf8'));
  const infra = await layGround({ config, clock: systemClock, migrations: places.migrations });
  const { features, prepare } = await compose(infra, places);
  await prepare();
  const mailTransport =
    config.smtpUrl === undefined
      ? directoryTransport(path.join(config.dataDirectory, 'mail'), config.mailFrom)
      : smtpTransport(config.smtpUrl, config.mailFrom);
  const app = await createApp({
    infra,
    features,
    mailTransport,
    portalDirectory: config.portalDirectory ?? places.portal,
    phoneDirectory: places.phone,
  });
  await app.listen();

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await app.close();
    await infra.database.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
  // Started by a supervisor that is gone, however it went.
  process.on('disconnect', () => void stop());
}
