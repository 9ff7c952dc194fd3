import path from 'node:path';
import { directLogin, exchangeClient, hubLogin, trustListReader } from '@hufu/sdk';
import { nodeCryptoEngine } from '@hufu/sdk/node';
import { createPlatform } from './app.ts';
import { readConfig } from './config.ts';
import { createLibrary } from './library.ts';
import { openStore } from './store.ts';

const config = readConfig(process.env);
const engine = nodeCryptoEngine();
const trustList = trustListReader({
  address: `${config.hubUrl}/trust-list.json`,
  pins: config.trustListKeys,
  engine,
});
const publicDir = path.resolve(import.meta.dirname, 'public');
const store = openStore(config.dataDir);
const allowHttp = config.issuer.startsWith('http:');
const { signingKey, ...client } = config;
const app = await createPlatform({
  config,
  hub: hubLogin({
    ...config,
    redirectUri: `${config.baseUrl}/oidc/callback`,
    allowHttp,
  }),
  direct: directLogin({
    origin: new URL(config.baseUrl).origin,
    audience: config.clientId,
    trustList,
    engine,
  }),
  store,
  library: createLibrary({
    config,
    client: exchangeClient({ ...client, allowHttp, ...(signingKey === undefined ? {} : { signingKey }) }),
    store,
    publicDir,
  }),
  publicDir,
});
await app.listen({ host: '127.0.0.1', port: config.port });
process.send?.({ ready: config.baseUrl });

const stop = () => void app.close().then(() => process.exit(0));
for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, stop);
