import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { createInstallation, type Ground, type Installation, WIDE_LIMITS } from './installation.ts';
import { builtFile, freePort, type Running, startProgram } from './programs.ts';

export const AUTHORITY = 'caoyuan';
const MERCHANT = 'conformance';
/** Invented persons of the citizens' provider, by account and password. */
export const CITIZENS = {
  siqin: { mobile: '13900000004', password: 'gongmin-4' },
  hasi: { mobile: '13900000005', password: 'gongmin-5' },
} as const;
export type Citizen = keyof typeof CITIZENS;

export type PhoneWorld = {
  readonly hub: Installation;
  readonly payment: string;
  /** Everything that the vault keeps. */
  readonly vaultFolder: string;
  vault(): Running;
  startVault(): Promise<void>;
  close(): Promise<void>;
};

/** A hub with a vault, a provider of real names, one of payments, and an authority that issues for phones. */
export async function createPhoneWorld(env: Readonly<Record<string, string>> = {}): Promise<PhoneWorld> {
  const companions: Running[] = [];
  let vault: Running | undefined;
  let vaultFolder = '';
  let payment = '';
  const run = async (program: Parameters<typeof startProgram>[0]): Promise<Running> => {
    const running = await startProgram(program);
    companions.push(running);
    return running;
  };
  const startVault = async () => {
    vault = await runVault(vaultFolder);
  };

  async function startCompanions({ base, data, authorities }: Ground): Promise<Record<string, string>> {
    vaultFolder = path.join(data, 'signer');
    await mkdir(vaultFolder, { recursive: true, mode: 0o700 });
    await writeFile(path.join(vaultFolder, 'passphrase'), 'a passphrase of these tests', { mode: 0o600 });
    await startVault();
    const issuer = `http://localhost:${await freePort()}`;
    payment = `http://localhost:${await freePort()}`;
    const [realName, paid] = [secret(), secret()];
    const client = { id: 'phone', secret: realName, name: '标证通' };
    await run({
      command: process.execPath,
      args: [builtFile('citizen-demo', 'main.js')],
      env: {
        CITIZEN_PORT: new URL(issuer).port,
        CITIZEN_BASE_URL: issuer,
        CITIZEN_CLIENTS: JSON.stringify([
          { ...client, redirectUri: `${base}/api/v1/phone/real-names/callback` },
        ]),
      },
      ready: `${issuer}/healthz`,
    });
    const merchant = { PAYMENT_MERCHANT: MERCHANT, PAYMENT_SECRET: paid, PAYMENT_MERCHANT_ORIGIN: base };
    await run({
      command: process.execPath,
      args: [builtFile('payment-demo', 'main.js')],
      env: {
        ...merchant,
        PAYMENT_PORT: new URL(payment).port,
        PAYMENT_BASE_URL: payment,
        PAYMENT_DATA: path.join(data, 'payments'),
      },
      ready: `${payment}/healthz`,
    });
    const list = path.join(data, 'ra-authorities.json');
    const { baseUrl, adminToken } = authorities[AUTHORITY]!;
    await writeFile(list, JSON.stringify([{ id: AUTHORITY, url: baseUrl, token: adminToken }]));
    return {
      HUFU_SIGNER_SOCKET: path.join(vaultFolder, 'signer.sock'),
      HUFU_SIGNER_TOKEN_FILE: path.join(vaultFolder, 'clients', 'server.token'),
      HUFU_REAL_NAME_ISSUER: issuer,
      HUFU_REAL_NAME_CLIENT: client.id,
      HUFU_REAL_NAME_SECRET: realName,
      HUFU_PAYMENT_URL: payment,
      HUFU_PAYMENT_MERCHANT: MERCHANT,
      HUFU_PAYMENT_SECRET: paid,
      HUFU_RA_AUTHORITIES: list,
    };
  }

  const close = async (hub?: Installation) => {
    await hub?.close();
    await Promise.all([...companions, ...(vault === undefined ? [] : [vault])].map((one) => one.stop()));
  };
  try {
    const hub = await createInstallation({
      authorities: [{ id: AUTHORITY, algorithm: 'sm2', vendor: 'a' }],
      operators: [['clerk'], ['reviewer']],
      companions: startCompanions,
      env: { ...WIDE_LIMITS, ...env },
    });
    return { hub, payment, vaultFolder, vault: () => vault!, startVault, close: () => close(hub) };
  } catch (error) {
    await close();
    throw error;
  }
}

const secret = () => randomBytes(24).toString('base64url');

/** The vault has no address of its own: it is up once its socket takes connections. */
export function runVault(folder: string): Promise<Running> {
  const socket = path.join(folder, 'signer.sock');
  return startProgram({
    command: process.execPath,
    args: ['--enable-source-maps', builtFile('signer', 'main.js')],
    env: {
      HUFU_SIGNER_DATA: folder,
      HUFU_SIGNER_SOCKET: socket,
      HUFU_SIGNER_PASSPHRASE_FILE: path.join(folder, 'passphrase'),
    },
    ready: () => listens(socket),
  });
}

function listens(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.connect(socket);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}
