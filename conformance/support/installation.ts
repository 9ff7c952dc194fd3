import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { DemoManifest, type DeskRole } from '@hufu/contracts';
import { organisationCheckCharacter, toBase64, usccCheckCharacter } from '@hufu/kernel';
import { type Authority, type AuthoritySpec, type HolderKey, startAuthority } from './authority.ts';
import { type Answer, Browser } from './browser.ts';
import { builtFile, freePort, type Running, startProgram } from './programs.ts';

const run = promisify(execFile);

export type AuthorityOrder = Pick<AuthoritySpec, 'algorithm' | 'vendor'> & {
  readonly id: string;
  readonly policy?: Readonly<Record<string, unknown>>;
};

export type PlatformOrder = DemoManifest['platforms'][number];

export type InstallationOrder = {
  readonly authorities: readonly AuthorityOrder[];
  readonly platforms?: (base: string) => readonly PlatformOrder[];
  /** One operator for each list of roles. */
  readonly operators?: readonly (readonly DeskRole[])[];
  readonly env?: Readonly<Record<string, string>>;
  /** Companions that the hub is told of, started when its address and its authorities are known. @returns settings */
  readonly companions?: (ground: Ground) => Promise<Readonly<Record<string, string>>>;
};

/** What stands before the hub does. */
export type Ground = {
  readonly base: string;
  /** The hub's data directory. */
  readonly data: string;
  readonly authorities: Readonly<Record<string, Authority>>;
};

export type Operator = { readonly browser: Browser; readonly key: HolderKey };

/** A hub of its own, as built: its authorities, its data directory, its process. */
export type Installation = {
  readonly base: string;
  readonly issuer: string;
  readonly authorities: Readonly<Record<string, Authority>>;
  readonly operatorKeys: readonly HolderKey[];
  server(): Running;
  start(): Promise<void>;
  /** Another server on the same data directory. */
  startAnother(): Promise<Running>;
  browser(): Browser;
  /** A certified key of a new enterprise. */
  enterprise(authority?: string, order?: Readonly<Record<string, unknown>>): Promise<Enterprise>;
  /** An operator who has logged in to the desk. */
  operator(index: number): Promise<Operator>;
  trustListPins(): Promise<string>;
  /** One of the server's commands, with the settings of this installation. @returns what it prints */
  command(name: string, ...args: readonly string[]): Promise<string>;
  close(): Promise<void>;
};

export type Enterprise = { readonly uscc: string; readonly unitName: string; readonly key: HolderKey };

const REGION = '150000';

export async function authorityEntry(authority: Authority, { id, policy }: AuthorityOrder) {
  const { root, intermediate } = await authority.certificates();
  const profile = await authority.profile();
  const { baseUrl, spec } = authority;
  const entry = {
    id,
    name: `${id}（测试）`,
    nameEn: `${id} (test)`,
    phone: '0471-0000000',
    website: null,
    region: REGION,
    profileId: profile.id,
    certificates: [root, intermediate].map(toBase64),
    crlUrls: [`${baseUrl}/crl/root.crl`, `${baseUrl}/crl/intermediate.crl`],
    ocspUrl: `${baseUrl}/ocsp`,
    joined: true,
    policy: {
      graceSeconds: 0,
      graceUntil: null,
      ocspBudgetMs: 5_000,
      ocspCacheSeconds: 300,
      sources: 'CRL_THEN_OCSP',
      algorithms: [spec.algorithm],
      region: REGION,
      ...policy,
    },
  };
  return { entry, profile };
}

/** For tests of something else than limits, in which one machine is a whole region. */
export const WIDE_LIMITS = {
  HUFU_RATE_LIMITS: JSON.stringify(
    Object.fromEntries(
      ['request', 'hub-challenge', 'hub-proof'].map((name) => [name, { requests: 100_000, seconds: 60 }]),
    ),
  ),
};

/** Authorities first, then operators' keys, then the hub that is told of both by the manifest of a demo. */
export async function createInstallation(order: InstallationOrder): Promise<Installation> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hufu-conformance-'));
  const started = await Promise.all(
    order.authorities.map(({ id, algorithm, vendor }) =>
      startAuthority({ folder: path.join(folder, id), algorithm, vendor, name: `${id}测试CA` }),
    ),
  );
  const authorities = Object.fromEntries(order.authorities.map(({ id }, at) => [id, started[at]!]));
  const port = await freePort();
  const base = `http://localhost:${port}`;
  const operatorKeys = await Promise.all(
    (order.operators ?? []).map((_roles, at) =>
      started[0]!.key({ kind: 'operator', personName: `操作员${at}`, unitName: '交易中心' }),
    ),
  );
  const entries = await Promise.all(order.authorities.map((one, at) => authorityEntry(started[at]!, one)));
  const manifest = DemoManifest.parse({
    assistantUrl: 'http://127.0.0.1:1/',
    mailboxUrl: '/demo#mail',
    profiles: [...new Map(entries.map(({ profile }) => [profile.id, profile])).values()],
    authorities: entries.map(({ entry }) => entry),
    operators: operatorKeys.map(({ certificate }, at) => ({
      name: `操作员${at}`,
      roles: order.operators![at]!,
      certificate: toBase64(certificate),
    })),
    platforms: order.platforms?.(base) ?? [],
    tokens: [],
  });
  const data = path.join(folder, 'hub');
  await mkdir(path.join(data, 'demo'), { recursive: true });
  await writeFile(path.join(data, 'demo', 'manifest.json'), JSON.stringify(manifest));

  const own = { HUFU_MODE: 'demo', HUFU_PORT: String(port), HUFU_DATA: data };
  const told = (await order.companions?.({ base, data, authorities })) ?? {};
  // A busy machine makes no authority slow.
  const env = { ...own, HUFU_ANSWER_AT_ONCE_MS: '20000', ...told, ...order.env };
  let server: Running | undefined;
  const serve = (on: number) =>
    startProgram({
      command: process.execPath,
      args: ['--enable-source-maps', builtFile('server', 'main.js')],
      env: { ...env, HUFU_PORT: String(on) },
      ready: `http://localhost:${on}/readyz`,
    });
  const start = async () => {
    server = await serve(port);
  };
  const close = async () => {
    await server?.stop();
    await Promise.all(started.map((one) => one.stop()));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await close();
    throw error;
  }
  const command = async (name: string, ...args: readonly string[]) => {
    const { PATH = '' } = process.env;
    const file = builtFile('server', `${name}.cli.js`);
    return (await run(process.execPath, [file, ...args], { env: { PATH, ...env } })).stdout;
  };
  let enterprises = 0;
  return {
    base,
    issuer: `${base}/oidc`,
    authorities,
    operatorKeys,
    server: () => server!,
    start,
    startAnother: async () => serve(await freePort()),
    browser: () => new Browser(base),
    async enterprise(authority = order.authorities[0]!.id, more = {}) {
      const uscc = usccNumber(++enterprises);
      const unitName = `内蒙古第${enterprises}建设有限公司`;
      const key = await authorities[authority]!.key({ kind: 'enterprise', uscc, unitName }, more);
      return { uscc, unitName, key };
    },
    async operator(index) {
      const browser = new Browser(base);
      const key = operatorKeys[index]!;
      const proof = await browser.proof('desk-login', key);
      expectStatus(await browser.call('/api/v1/desk/session', { body: proof }), 201);
      return { browser, key };
    },
    trustListPins: () => command('trust-list-keys'),
    command,
    close,
  };
}

/** The n-th valid code of our own making (GB 32100-2015). */
export function usccNumber(n: number): string {
  const body = `MA9${n.toString().padStart(5, '0')}`;
  const first17 = `91150102${body}${organisationCheckCharacter(body)}`;
  return first17 + usccCheckCharacter(first17);
}

export function expectStatus(answer: Answer, status: number): void {
  if (answer.status === status) return;
  throw new Error(`${answer.url} answered ${answer.status} in place of ${status}: ${answer.text}`);
}
