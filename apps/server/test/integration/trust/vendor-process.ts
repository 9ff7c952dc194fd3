import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { encodeSm2Pkcs8, generateSm2KeyPair } from '@hufu/gm';
import { fromBase64, toBase64 } from '@hufu/kernel';
import { buildCertificationRequest, buildName, type Signer } from '@hufu/pki';
import { nodeSigner } from '@hufu/pki/node';
import { build } from 'esbuild';

const ADMIN_TOKEN = 'a-token-for-tests-only';
const REPOSITORY = path.resolve(import.meta.dirname, '../../../../..');

export type VendorAlgorithm = 'sm2' | 'rsa' | 'p256';
export type OcspMode = 'normal' | 'down' | 'stale' | 'unsigned' | 'wrong-certificate';

export type IssuedByVendor = {
  readonly serialHex: string;
  readonly keyNo: string;
  readonly der: Uint8Array;
  readonly signer: Signer;
};

/** A certificate authority as a process of its own, spoken to over HTTP alone. */
export type VendorProcess = {
  readonly baseUrl: string;
  /** Intermediate, then root, base64 of DER. */
  readonly chain: readonly string[];
  readonly profile: { readonly id: string; readonly facts: unknown };
  issue(changes?: Readonly<Record<string, unknown>>): Promise<IssuedByVendor>;
  act(serialHex: string, verb: 'revoke' | 'hold' | 'release', body?: unknown): Promise<void>;
  faults(faults: { readonly delayMs?: number; readonly ocspMode?: OcspMode }): Promise<void>;
  stop(): Promise<void>;
};

const newKey = (algorithm: VendorAlgorithm): Uint8Array => {
  if (algorithm === 'sm2') return encodeSm2Pkcs8(generateSm2KeyPair(randomBytes).privateKey);
  const { privateKey } =
    algorithm === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }));
};

export async function startVendor(
  settings: { readonly algorithm: VendorAlgorithm; readonly vendor: 'a' | 'b' | 'c' },
  environment: Readonly<Record<string, string>> = {},
): Promise<VendorProcess> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-vendor-'));
  const program = await bundleVendor();
  const child = spawn(process.execPath, [program], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      CA_DATA: path.join(folder, 'data'),
      CA_NAME: '测试CA',
      CA_PASSPHRASE: 'for tests only',
      CA_ADMIN_TOKEN: ADMIN_TOKEN,
      CA_ALGORITHM: settings.algorithm,
      CA_VENDOR: settings.vendor,
      ...environment,
    },
  });
  const baseUrl = await readyLine(child);
  const admin = async (method: string, where: string, body?: unknown): Promise<unknown> => {
    const answer = await persistently(`${baseUrl}/admin${where}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    });
    if (!answer.ok) throw new Error(`${method} ${where}: ${await answer.text()}`);
    return answer.json();
  };
  const bytes = async (where: string) => Buffer.from(await (await fetch(baseUrl + where)).arrayBuffer());
  const chain = [await bytes('/ca/intermediate.cer'), await bytes('/ca/root.cer')];
  return {
    baseUrl,
    chain: chain.map(toBase64),
    profile: (await (await fetch(`${baseUrl}/ca/profile.json`)).json()) as VendorProcess['profile'],
    async issue(changes = {}) {
      const subject = buildName([{ oid: '2.5.4.3', text: '申请' }]);
      const signer = nodeSigner(newKey(settings.algorithm));
      const csr = await buildCertificationRequest({ subject }, signer);
      const holder = {
        kind: 'enterprise',
        uscc: '91150102MA0N7A2144',
        unitName: '内蒙古青山建设工程有限公司',
      };
      const answer = await admin('POST', '/certificates', { csr: toBase64(csr), holder, ...changes });
      const { serialHex, keyNo, certificate } = answer as {
        serialHex: string;
        keyNo: string;
        certificate: string;
      };
      return { serialHex, keyNo, der: fromBase64(certificate), signer };
    },
    async act(serialHex, verb, body) {
      await admin('POST', `/certificates/${serialHex}/${verb}`, body);
    },
    async faults({ delayMs = 0, ocspMode = 'normal' }) {
      await admin('PUT', '/faults', { delayMs, ocspMode });
    },
    async stop() {
      if (child.exitCode === null) {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        await gone;
      }
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A kept connection may be closed from the other side at the moment at which it is used. */
const persistently = (url: string, init: RequestInit): Promise<Response> =>
  fetch(url, init).catch(() => fetch(url, init));

let bundled: Promise<string> | undefined;

/** The authority's program, bundled as the build does it: workspace code in, other packages out. */
function bundleVendor(): Promise<string> {
  bundled ??= (async () => {
    const outfile = path.join(REPOSITORY, 'dist', '.test', `ca-${process.pid}.mjs`);
    await build({
      absWorkingDir: REPOSITORY,
      entryPoints: ['apps/ca/src/main.ts'],
      outfile,
      bundle: true,
      external: OUTSIDE.flatMap(packagesOutside),
      format: 'esm',
      platform: 'node',
      logLevel: 'warning',
    });
    process.once('exit', () => fs.rmSync(outfile, { force: true }));
    return outfile;
  })();
  return bundled;
}

const OUTSIDE = ['apps/ca', 'packages/kernel', 'packages/gm', 'packages/pki'];

function packagesOutside(folder: string): string[] {
  const manifest = path.join(REPOSITORY, folder, 'package.json');
  const { dependencies = {} } = JSON.parse(fs.readFileSync(manifest, 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  return Object.keys(dependencies).filter((name) => !name.startsWith('@hufu/'));
}

function readyLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('exit', (code) => reject(new Error(`the authority ended with ${code}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const ready = /^ready (\S+)/m.exec(output);
      if (ready) resolve(ready[1]!);
    });
  });
}
