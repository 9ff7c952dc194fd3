import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { toPem } from '@hufu/kernel';
import type { Ports } from '../ports.ts';
import type { createSupervisor } from '../processes.ts';
import { anvilBinary, askNode, DEMO_CHAIN_ID, DEMO_CHAIN_OWNER } from './anvil.ts';
import type { DemoAuthority } from './authorities.ts';
import type { AuthorityClient } from './authority-client.ts';

type ChainSetting = {
  readonly dist: string;
  readonly data: string;
  readonly ports: Ports;
  readonly supervisor: ReturnType<typeof createSupervisor>;
  /** What the server is started with. */
  readonly serverEnv: Readonly<Record<string, string>>;
};

/** What the deploying command prints. */
type Deployment = { readonly contract: string };

type ServerSettings = Readonly<Record<string, string>>;

/**
 * A chain on this machine with the contract on it. Where there is no node for the system, the demo goes on without and
 * its pages say so. @returns the server's settings
 */
export async function startChain(setting: ChainSetting): Promise<ServerSettings> {
  const { dist, data, ports, supervisor } = setting;
  if (anvilBinary() === undefined) {
    console.log('  此系统没有演示链，存证不上链 · no demo chain for this system: nothing is anchored');
    return {};
  }
  const url = `http://127.0.0.1:${ports.chain}`;
  await supervisor.start({
    name: 'chain',
    entry: path.join(dist, 'launcher', 'chain.cli.js'),
    args: [String(ports.chain), path.join(data, 'chain')],
    env: {},
    ready: async () => (await askNode(url, 'eth_chainId', [])) !== undefined,
  });
  return {
    HUFU_CHAIN_RPC_URL: url,
    HUFU_CHAIN_ID: String(DEMO_CHAIN_ID),
    HUFU_CHAIN_NAME: '本机演示链',
    HUFU_CHAIN_CONTRACT: await contractOn(url, setting),
    HUFU_ANCHOR_SECONDS: '10',
  };
}

/** Deploys once; again only when the chain has forgotten the contract. */
async function contractOn(url: string, { dist, data, serverEnv }: ChainSetting): Promise<string> {
  const file = path.join(data, 'demo', 'chain.json');
  if (fs.existsSync(file)) {
    const { contract } = JSON.parse(fs.readFileSync(file, 'utf8')) as Deployment;
    const code = await askNode(url, 'eth_getCode', [contract, 'latest']);
    if (typeof code === 'string' && code !== '0x') return contract;
  }
  const command = [path.join(dist, 'server', 'anchor-contract.cli.js'), 'deploy', DEMO_CHAIN_OWNER];
  const env = { ...process.env, ...serverEnv, HUFU_CHAIN_RPC_URL: url };
  const { stdout } = await promisify(execFile)(process.execPath, command, { env });
  fs.writeFileSync(file, stdout, { mode: 0o600 });
  return (JSON.parse(stdout) as Deployment).contract;
}

/** One of the demo's authorities stamps the ledger. @returns the server's settings */
export async function stampBy(
  { port }: DemoAuthority,
  client: AuthorityClient,
  { data, ports }: Pick<ChainSetting, 'data' | 'ports'>,
): Promise<ServerSettings> {
  const file = path.join(data, 'demo', 'time-stamp-authority.pem');
  const certificates = [await client.certificate('root'), await client.certificate('intermediate')];
  fs.writeFileSync(file, certificates.map((der) => toPem('CERTIFICATE', der)).join(''));
  return { HUFU_TSA_URL: `http://127.0.0.1:${ports[port]}/tsa`, HUFU_TSA_CERTIFICATES: file };
}
