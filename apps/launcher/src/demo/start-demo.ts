import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Ports } from '../ports.ts';
import type { createSupervisor } from '../processes.ts';
import { stampBy, startChain } from './anchors.ts';
import { DEMO_AUTHORITIES } from './authorities.ts';
import { authorityClient } from './authority-client.ts';
import { startCitizens } from './citizens.ts';
import { openCounter } from './counter.ts';
import { applyByPhone } from './phone-applicant.ts';
import { DEMO_PLATFORMS } from './platforms.ts';
import { demoSecrets } from './secrets.ts';
import { demoTokens } from './tokens.ts';
import { startSigner } from './vault.ts';
import { startWitnesses } from './witnesses.ts';
import { writeManifest } from './write-manifest.ts';

type Setting = {
  /** Folder of the bundled programs. */
  readonly dist: string;
  readonly data: string;
  readonly ports: Ports;
  readonly supervisor: ReturnType<typeof createSupervisor>;
};

const loopback = (port: number) => `http://127.0.0.1:${port}`;
const local = (port: number) => `http://localhost:${port}`;

/** The authorities first, then keys certified by them, then the hub that recognises them, then the platforms. */
export async function startDemo({ dist, data, ports, supervisor }: Setting): Promise<void> {
  const demo = path.join(data, 'demo');
  const tokens = path.join(data, 'keybridge', 'tokens');
  fs.mkdirSync(demo, { recursive: true, mode: 0o700 });
  const secrets = demoSecrets(
    demo,
    DEMO_PLATFORMS.map(({ code }) => code),
  );

  await Promise.all(
    DEMO_AUTHORITIES.map((authority) =>
      supervisor.start({
        name: authority.id,
        entry: path.join(dist, 'ca', 'main.js'),
        env: {
          CA_DATA: path.join(data, 'authorities', authority.id),
          CA_NAME: authority.name,
          CA_NAME_EN: authority.nameEn,
          CA_PHONE: authority.phone,
          CA_PASSPHRASE: secrets.authorityPassphrase,
          // The passphrase is random: stretching it would only slow the start.
          CA_KEY_ITERATIONS: '10000',
          CA_ADMIN_TOKEN: secrets.authorityToken,
          CA_ALGORITHM: authority.algorithm,
          CA_VENDOR: authority.vendor,
          CA_PORT: String(ports[authority.port]),
          CA_BASE_URL: local(ports[authority.port]),
          CA_DELAY_MS: String(authority.delayMs),
        },
        ready: `${loopback(ports[authority.port])}/healthz`,
      }),
    ),
  );
  const clients = new Map(
    DEMO_AUTHORITIES.map(({ id, port }) => [
      id,
      authorityClient(loopback(ports[port]), secrets.authorityToken),
    ]),
  );
  const made = await demoTokens({ demo, tokens }, clients);
  await writeManifest(demo, { ports, secrets, tokens: made, clients });

  const basics = {
    HUFU_PORT: String(ports.hub),
    HUFU_DATA: data,
    HUFU_MODE: 'demo',
    HUFU_KEYBRIDGE_PORTS: String(ports.assistant),
    ...(await startSigner({ dist, data, supervisor })),
  };
  const stamping = DEMO_AUTHORITIES.find(({ algorithm }) => algorithm === 'p256')!;
  const serverEnv = {
    ...basics,
    ...(await startCitizens({ dist, ports, secrets, supervisor })),
    ...(await openCounter({ dist, data, ports, secrets, supervisor })),
    ...(await startWitnesses({ dist, data, ports, supervisor, serverEnv: basics })),
    ...(await startChain({ dist, data, ports, supervisor, serverEnv: basics })),
    ...(await stampBy(stamping, clients.get(stamping.id)!, { data, ports })),
  };
  await Promise.all([
    supervisor.start({
      name: 'keybridge',
      entry: path.join(dist, 'keybridge', 'main.js'),
      args: ['start'],
      env: {
        HUFU_KEYBRIDGE_PORT: String(ports.assistant),
        HUFU_KEYBRIDGE_DATA: path.join(data, 'keybridge'),
        HUFU_KEYBRIDGE_HUB: local(ports.hub),
      },
      ready: `${loopback(ports.assistant)}/`,
    }),
    supervisor.start({
      name: 'server',
      entry: path.join(dist, 'server', 'main.js'),
      env: serverEnv,
      ready: `${loopback(ports.hub)}/readyz`,
    }),
  ]);

  const pins = execFileSync(process.execPath, [path.join(dist, 'server', 'trust-list-keys.cli.js')], {
    env: { ...process.env, ...serverEnv },
    encoding: 'utf8',
  });
  await Promise.all(
    DEMO_PLATFORMS.map((platform) =>
      supervisor.start({
        name: platform.code,
        entry: path.join(dist, 'platform-demo', 'main.js'),
        env: {
          PLATFORM_CODE: platform.code,
          PLATFORM_NAME: platform.name,
          PLATFORM_ACCENT: platform.accent,
          PLATFORM_PORT: String(ports[platform.port]),
          PLATFORM_BASE_URL: local(ports[platform.port]),
          PLATFORM_DATA: path.join(data, 'platforms', platform.code),
          PLATFORM_ISSUER: `${local(ports.hub)}/oidc`,
          PLATFORM_HUB_URL: local(ports.hub),
          PLATFORM_CLIENT_ID: platform.code,
          PLATFORM_CLIENT_SECRET: secrets.platformSecrets[platform.code] ?? '',
          PLATFORM_REVIEWER_PASSWORD: secrets.reviewerPassword,
          PLATFORM_TRUST_LIST_KEYS: pins,
          PLATFORM_KEYBRIDGE_PORTS: String(ports.assistant),
          PLATFORM_FILING_MODE: platform.filingMode,
          PLATFORM_SIGNING_KEY: JSON.stringify(secrets.platformKeys[platform.code]),
        },
        ready: `${loopback(ports[platform.port])}/healthz`,
      }),
    ),
  );
  await applyByPhone(local(ports.hub), path.join(demo, 'phone-applicant.json'));
}
