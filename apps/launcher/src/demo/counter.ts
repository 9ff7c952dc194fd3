import fs from 'node:fs';
import path from 'node:path';
import type { Ports } from '../ports.ts';
import type { createSupervisor } from '../processes.ts';
import { DEMO_AUTHORITIES } from './authorities.ts';
import type { DemoSecrets } from './secrets.ts';

type Setting = {
  readonly dist: string;
  readonly data: string;
  readonly ports: Ports;
  readonly secrets: DemoSecrets;
  readonly supervisor: ReturnType<typeof createSupervisor>;
};

const MERCHANT = 'hufu-demo';

/**
 * What certificates are applied for with: the authorities that issue for this installation, and a provider of payments
 * that moves no money. @returns the server's settings
 */
export async function openCounter(setting: Setting): Promise<Record<string, string>> {
  const { dist, data, ports, secrets, supervisor } = setting;
  const address = `http://localhost:${ports.payment}`;
  await supervisor.start({
    name: 'payment',
    entry: path.join(dist, 'payment-demo', 'main.js'),
    env: {
      PAYMENT_PORT: String(ports.payment),
      PAYMENT_BASE_URL: address,
      PAYMENT_DATA: path.join(data, 'payments'),
      PAYMENT_MERCHANT: MERCHANT,
      PAYMENT_MERCHANT_ORIGIN: `http://localhost:${ports.hub}`,
      PAYMENT_SECRET: secrets.paymentSecret,
    },
    ready: `http://127.0.0.1:${ports.payment}/healthz`,
  });
  return {
    HUFU_PAYMENT_URL: address,
    HUFU_PAYMENT_MERCHANT: MERCHANT,
    HUFU_PAYMENT_SECRET: secrets.paymentSecret,
    HUFU_RA_AUTHORITIES: writeAuthorities(setting),
  };
}

/** Keys of phones are SM2 keys: only authorities of that algorithm certify them. */
function writeAuthorities({ data, ports, secrets }: Setting): string {
  const file = path.join(data, 'demo', 'ra-authorities.json');
  const issuing = DEMO_AUTHORITIES.filter(({ algorithm, joined }) => algorithm === 'sm2' && joined);
  const list = issuing.map(({ id, port }) => ({
    id,
    url: `http://127.0.0.1:${ports[port]}`,
    token: secrets.authorityToken,
  }));
  fs.writeFileSync(file, JSON.stringify(list), { mode: 0o600 });
  return file;
}
