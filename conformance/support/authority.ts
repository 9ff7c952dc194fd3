import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { encodeSm2Pkcs8, generateSm2KeyPair } from '@hufu/gm';
import { fromBase64, toBase64 } from '@hufu/kernel';
import { buildCertificationRequest, buildName, type Signer } from '@hufu/pki';
import { nodeSigner } from '@hufu/pki/node';
import { builtFile, freePort, type Running, startProgram } from './programs.ts';

export type Algorithm = 'sm2' | 'rsa' | 'p256';

const ADMIN_TOKEN = 'a-token-for-tests-only';

export type AuthoritySpec = {
  readonly folder: string;
  readonly algorithm: Algorithm;
  readonly vendor: 'a' | 'b' | 'c';
  readonly name?: string;
};

export type IssueAnswer = {
  readonly serialHex: string;
  readonly keyNo: string;
  readonly certificate: string;
  readonly chain: readonly string[];
  readonly encryption?: { readonly certificate: string; readonly envelopedKey: string };
};

export type Holder = Readonly<{
  kind: 'enterprise' | 'legalRepresentative' | 'individual' | 'operator';
  uscc?: string;
  unitName?: string;
  personName?: string;
}>;

/** A key with its certificate, as it lies in a token. */
export type HolderKey = {
  readonly serialHex: string;
  readonly certificate: Uint8Array;
  readonly signer: Signer;
};

export type Authority = {
  readonly baseUrl: string;
  readonly folder: string;
  readonly spec: AuthoritySpec;
  readonly adminToken: string;
  admin(method: string, address: string, body?: unknown): Promise<Response>;
  issue(signer: Signer, order: Readonly<Record<string, unknown>>): Promise<IssueAnswer>;
  /** A fresh key of this holder, certified. */
  key(holder: Holder, order?: Readonly<Record<string, unknown>>): Promise<HolderKey>;
  faults(faults: { delayMs?: number; ocspMode?: string }): Promise<void>;
  certificates(): Promise<{ root: Uint8Array; intermediate: Uint8Array }>;
  profile(): Promise<{ id: string; facts: unknown }>;
  stop(): Promise<void>;
};

export function newKey(algorithm: Algorithm, rsaBits = 2048): Uint8Array {
  if (algorithm === 'sm2') return encodeSm2Pkcs8(generateSm2KeyPair(randomBytes).privateKey);
  const pair =
    algorithm === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: rsaBits })
      : generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return new Uint8Array(pair.privateKey.export({ type: 'pkcs8', format: 'der' }));
}

/** The built authority as a process of its own, on a free port. */
export async function startAuthority(spec: AuthoritySpec): Promise<Authority> {
  await mkdir(spec.folder, { recursive: true });
  const baseUrl = `http://127.0.0.1:${await freePort()}`;
  const process = await startProgram({
    command: globalThis.process.execPath,
    args: [builtFile('ca', 'main.js')],
    env: {
      CA_DATA: path.join(spec.folder, 'data'),
      CA_NAME: spec.name ?? '测试CA',
      CA_PASSPHRASE: 'for tests only',
      CA_ADMIN_TOKEN: ADMIN_TOKEN,
      CA_KEY_ITERATIONS: '10000',
      CA_ALGORITHM: spec.algorithm,
      CA_VENDOR: spec.vendor,
      CA_PORT: new URL(baseUrl).port,
      CA_BASE_URL: baseUrl,
    },
    ready: `${baseUrl}/healthz`,
  });
  return face(spec, baseUrl, process);
}

function face(spec: AuthoritySpec, baseUrl: string, process: Running): Authority {
  const admin = (method: string, address: string, body?: unknown): Promise<Response> =>
    fetch(`${baseUrl}/admin${address}`, {
      method,
      headers: {
        authorization: `Bearer ${ADMIN_TOKEN}`,
        // A kept connection may be closed by the other side at the moment of the next request.
        connection: 'close',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const issue: Authority['issue'] = async (signer, order) => {
    const subject = buildName([{ oid: '2.5.4.3', text: '申请' }]);
    const csr = toBase64(await buildCertificationRequest({ subject }, signer));
    const answer = await admin('POST', '/certificates', { csr, ...order });
    if (answer.status !== 201) throw new Error(await answer.text());
    return (await answer.json()) as IssueAnswer;
  };
  const file = async (name: string) =>
    new Uint8Array(await (await fetch(`${baseUrl}/ca/${name}.cer`)).arrayBuffer());
  return {
    baseUrl,
    folder: spec.folder,
    spec,
    adminToken: ADMIN_TOKEN,
    admin,
    issue,
    async key(holder, order = {}) {
      const bits = order['variant'] === 'weak-key' ? 1024 : 2048;
      const signer = nodeSigner(newKey(spec.algorithm, bits));
      const { serialHex, certificate } = await issue(signer, { holder, ...order });
      return { serialHex, certificate: fromBase64(certificate), signer };
    },
    async faults({ delayMs = 0, ocspMode = 'normal' }) {
      const answer = await admin('PUT', '/faults', { delayMs, ocspMode });
      if (!answer.ok) throw new Error(await answer.text());
    },
    certificates: async () => ({ root: await file('root'), intermediate: await file('intermediate') }),
    profile: async () =>
      (await (await fetch(`${baseUrl}/ca/profile.json`)).json()) as { id: string; facts: unknown },
    stop: () => process.stop(),
  };
}
