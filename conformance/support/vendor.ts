import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { fromBase64, toPem } from '@hufu/kernel';
import type { Signer } from '@hufu/pki';
import { nodeSigner } from '@hufu/pki/node';
import { type Algorithm, type Authority, type IssueAnswer, newKey, startAuthority } from './authority.ts';

const run = promisify(execFile);

/** Runs openssl in `folder`; both outputs together, since it says "verify OK" on one or the other. */
export async function openssl(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run('openssl', args, { cwd: folder, timeout: 20_000 });
  return stdout + stderr;
}

export type Vendor = Pick<Authority, 'baseUrl' | 'admin' | 'folder'> & {
  issue(signer: Signer, changes?: Readonly<Record<string, unknown>>): Promise<IssueAnswer>;
  get(address: string): Promise<Uint8Array>;
  post(address: string, type: string, body: Uint8Array): Promise<Uint8Array>;
  /** Writes bytes below the folder, PEM when a label is given. */
  save(name: string, der: Uint8Array, label?: string): Promise<void>;
  close(): Promise<void>;
};

/** An authority whose folder also takes what openssl is to look at. */
export async function startVendor(algorithm: Algorithm, vendor: 'a' | 'b' | 'c'): Promise<Vendor> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hufu-ca-'));
  const authority = await startAuthority({ folder, algorithm, vendor });
  const { baseUrl, admin } = authority;
  const bytes = async (answer: Response): Promise<Uint8Array> => new Uint8Array(await answer.arrayBuffer());
  const holder = { kind: 'enterprise', uscc: '91150102MA0N7A2144', unitName: '内蒙古青山建设工程有限公司' };
  return {
    folder,
    baseUrl,
    admin,
    issue: (signer, changes = {}) => authority.issue(signer, { holder, ...changes }),
    get: async (address) => bytes(await fetch(baseUrl + address)),
    post: async (address, type, body) =>
      bytes(
        await fetch(baseUrl + address, {
          method: 'POST',
          headers: { 'content-type': type, connection: 'close' },
          body: Buffer.from(body),
        }),
      ),
    save: (name, der, label) =>
      writeFile(path.join(folder, name), label === undefined ? der : toPem(label, der)),
    async close() {
      await authority.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** A vendor with one certificate issued, everything saved as PEM: root, intermediate, both, ee, ee.key. */
export async function vendorWithCertificate(algorithm: Algorithm, layout: 'a' | 'b' | 'c') {
  const vendor = await startVendor(algorithm, layout);
  const pkcs8 = newKey(algorithm);
  const issued = await vendor.issue(nodeSigner(pkcs8));
  const [intermediate, root] = issued.chain.map(fromBase64) as [Uint8Array, Uint8Array];
  await vendor.save('root.pem', root, 'CERTIFICATE');
  await vendor.save('intermediate.pem', intermediate, 'CERTIFICATE');
  await vendor.save('ee.pem', fromBase64(issued.certificate), 'CERTIFICATE');
  await vendor.save('ee.key', pkcs8, 'PRIVATE KEY');
  const both = toPem('CERTIFICATE', root) + toPem('CERTIFICATE', intermediate);
  await writeFile(path.join(vendor.folder, 'both.pem'), both);
  return { vendor, issued, pkcs8 };
}
