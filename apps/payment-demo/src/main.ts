import { createPaymentApp } from './app.ts';
import { readConfig } from './config.ts';

const config = readConfig(process.env);
const app = await createPaymentApp(config);
await app.http.listen({ host: '127.0.0.1', port: config.port });
process.send?.({ ready: config.baseUrl });

const stop = () => void app.close().then(() => process.exit(0));
for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, stop);
