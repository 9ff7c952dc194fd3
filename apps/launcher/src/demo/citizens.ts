import path from 'node:path';
import type { Ports } from '../ports.ts';
import type { createSupervisor } from '../processes.ts';
import type { DemoSecrets } from './secrets.ts';

type Setting = {
  readonly dist: string;
  readonly ports: Ports;
  readonly secrets: DemoSecrets;
  readonly supervisor: ReturnType<typeof createSupervisor>;
};

/** The identity provider of natural persons, for the library and for the phone. @returns the server's settings */
export async function startCitizens(setting: Setting): Promise<Record<string, string>> {
  const { dist, ports, secrets, supervisor } = setting;
  const issuer = `http://localhost:${ports.citizens}`;
  const api = `http://localhost:${ports.hub}/api/v1`;
  const library = { id: 'hufu-library', secret: secrets.citizenSecret };
  const phone = { id: 'hufu-phone', secret: secrets.realNameSecret };
  await supervisor.start({
    name: 'citizens',
    entry: path.join(dist, 'citizen-demo', 'main.js'),
    env: {
      CITIZEN_PORT: String(ports.citizens),
      CITIZEN_BASE_URL: issuer,
      CITIZEN_CLIENTS: JSON.stringify([
        { ...library, name: '主体信息库', redirectUri: `${api}/library/citizen-logins/callback` },
        { ...phone, name: '标证通', redirectUri: `${api}/phone/real-names/callback` },
      ]),
    },
    ready: `http://127.0.0.1:${ports.citizens}/healthz`,
  });
  return {
    HUFU_CITIZEN_ISSUER: issuer,
    HUFU_CITIZEN_CLIENT: library.id,
    HUFU_CITIZEN_SECRET: library.secret,
    HUFU_REAL_NAME_ISSUER: issuer,
    HUFU_REAL_NAME_CLIENT: phone.id,
    HUFU_REAL_NAME_SECRET: phone.secret,
  };
}
