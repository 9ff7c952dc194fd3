import path from 'node:path';
import { directLogin, hubLogin, trustListReader } from '@hufu/sdk';
import { nodeCryptoEngine } from '@hufu/sdk/node';
import { createPlatform } from './app.ts';
import { readConfig } from './config.ts';
import { openStore } from './store.ts';

const config = readConfig(process.env);
const engine = nodeCryptoEngine();
const trustList = trustListReader({
  address: `${config.hubUrl}/trust-list.json`,
  pins: config.trustListKeys,
  engine,
});
const app = await createPlatform({
  config,
  hub: hubLogin({
    ...config,
    redirectUri: `${config.baseUrl}/oidc/callback`,
    allowHttp: config.issuer.startsWith('http:'),
  }),
  direct: directLogin({
    origin: new URL(config.baseUrl).origin,
    audience: config.clientId,
    trustList,
    engine,
  }),
  store: openStore(config.dataDir),
  publicDir: path.resolve(import.meta.dirname, 'public'),
});
await app.listen({ host: '127.0.0.1', port: config.port });
process.send?.({ ready: config.baseUrl });

const stop = () => void app.close().then(() => process.exit(0));
for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, stop);
