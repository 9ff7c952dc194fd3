import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { encodeSm2Pkcs8, generateSm2KeyPair } from '@hufu/gm';
import { fromBase64, toBase64, toPem } from '@hufu/kernel';
import { buildCertificationRequest, buildName, type Signer } from '@hufu/pki';
import { nodeSigner } from '@hufu/pki/node';
import { type AuthorityOptions, type RunningAuthority, startAuthority } from '../apps/ca/src/index.ts';

export type Algorithm = NonNullable<AuthorityOptions['algorithm']>;

const ADMIN_TOKEN = 'a-token-for-tests-only';
const run = promisify(execFile);

/** Runs openssl in `folder`; both outputs together, since it says "verify OK" on one or the other. */
export async function openssl(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run('openssl', args, { cwd: folder, timeout: 20_000 });
  return stdout + stderr;
}

export function newKey(algorithm: Algorithm): Uint8Array {
  if (algorithm === 'sm2') return encodeSm2Pkcs8(generateSm2KeyPair(randomBytes).privateKey);
  const pair =
    algorithm === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return new Uint8Array(pair.privateKey.export({ type: 'pkcs8', format: 'der' }));
}

export type IssueAnswer = {
  readonly serialHex: string;
  readonly keyNo: string;
  readonly certificate: string;
  readonly chain: readonly string[];
  readonly encryption?: { readonly certificate: string; readonly envelopedKey: string };
};

export type Vendor = {
  readonly folder: string;
  readonly authority: RunningAuthority;
  admin(method: string, path: string, body?: unknown): Promise<Response>;
  issue(signer: Signer, changes?: Readonly<Record<string, unknown>>): Promise<IssueAnswer>;
  get(path: string): Promise<Uint8Array>;
  post(path: string, type: string, body: Uint8Array): Promise<Uint8Array>;
  /** Writes bytes below the folder, PEM when a label is given. */
  save(name: string, der: Uint8Array, label?: string): Promise<void>;
  close(): Promise<void>;
};

/** Starts one authority on a free port with a folder of its own. */
export async function startVendor(
  algorithm: Algorithm,
  options: Partial<AuthorityOptions> = {},
): Promise<Vendor> {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-ca-'));
  const authority = await startAuthority({
    dataDir: join(folder, 'data'),
    name: '测试CA',
    passphrase: 'for tests only',
    adminToken: ADMIN_TOKEN,
    keyIterations: 10_000,
    algorithm,
    ...options,
  });
  const admin = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(`${authority.baseUrl}/admin${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const bytes = async (answer: Response): Promise<Uint8Array> => new Uint8Array(await answer.arrayBuffer());
  return {
    folder,
    authority,
    admin,
    async issue(signer, changes = {}) {
      const subject = buildName([{ oid: '2.5.4.3', text: '申请' }]);
      const csr = toBase64(await buildCertificationRequest({ subject }, signer));
      const holder = {
        kind: 'enterprise',
        uscc: '91150102MA0N7A2144',
        unitName: '内蒙古青山建设工程有限公司',
      };
      const answer = await admin('POST', '/certificates', { csr, holder, ...changes });
      if (answer.status !== 201) throw new Error(await answer.text());
      return (await answer.json()) as IssueAnswer;
    },
    get: async (path) => bytes(await fetch(authority.baseUrl + path)),
    post: async (path, type, body) =>
      bytes(
        await fetch(authority.baseUrl + path, {
          method: 'POST',
          headers: { 'content-type': type },
          body: Buffer.from(body),
        }),
      ),
    save: (name, der, label) => writeFile(join(folder, name), label === undefined ? der : toPem(label, der)),
    async close() {
      await authority.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A vendor with one certificate issued, everything saved as PEM: root, intermediate, both, ee, ee.key. */
export async function vendorWithCertificate(algorithm: Algorithm, options: Partial<AuthorityOptions> = {}) {
  const vendor = await startVendor(algorithm, options);
  const pkcs8 = newKey(algorithm);
  const issued = await vendor.issue(nodeSigner(pkcs8));
  const [intermediate, root] = issued.chain.map(fromBase64) as [Uint8Array, Uint8Array];
  await vendor.save('root.pem', root, 'CERTIFICATE');
  await vendor.save('intermediate.pem', intermediate, 'CERTIFICATE');
  await vendor.save('ee.pem', fromBase64(issued.certificate), 'CERTIFICATE');
  await vendor.save('ee.key', pkcs8, 'PRIVATE KEY');
  const both = toPem('CERTIFICATE', root) + toPem('CERTIFICATE', intermediate);
  await writeFile(join(vendor.folder, 'both.pem'), both);
  return { vendor, issued, pkcs8 };
}
