import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeSm2Pkcs8, generateSm2KeyPair } from '@hufu/gm';
import { type Clock, fromBase64, toBase64 } from '@hufu/kernel';
import {
  buildCertId,
  buildCertificationRequest,
  buildName,
  buildOcspRequest,
  type Certificate,
  parseCertificate,
  parseOcspResponse,
} from '@hufu/pki';
import { nodeCryptoEngine, nodeSigner } from '@hufu/pki/node';
import { type AuthorityOptions, startAuthority } from '../../src/index.ts';

export const TOKEN = 'a-token-for-tests-only';
export const UNIT = {
  kind: 'enterprise',
  uscc: '91150102MA0N7A2144',
  unitName: '内蒙古青山建设工程有限公司',
};

export const engine = nodeCryptoEngine();

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'hufu-ca-'));
}

export const newOptions = (dataDir: string, changes: Partial<AuthorityOptions> = {}): AuthorityOptions => ({
  dataDir,
  name: '测试CA',
  passphrase: 'for tests only',
  adminToken: TOKEN,
  keyIterations: 10_000,
  ...changes,
});

export function newPrivateKey(algorithm: 'sm2' | 'p256' | 'rsa', rsaBits = 2048): Uint8Array {
  if (algorithm === 'sm2') return encodeSm2Pkcs8(generateSm2KeyPair(randomBytes).privateKey);
  const { privateKey } =
    algorithm === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: rsaBits })
      : generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }));
}

export async function newRequest(pkcs8: Uint8Array): Promise<string> {
  const subject = buildName([{ oid: '2.5.4.3', text: '申请里的名称不算数' }]);
  return toBase64(await buildCertificationRequest({ subject }, nodeSigner(pkcs8)));
}

export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

/** Asks the admin API of any authority, in this process or another. */
export async function admin(baseUrl: string, call: string, body?: unknown, token = TOKEN): Promise<Answer> {
  const [method, path] = call.split(' ') as [string, string];
  const answer = await fetch(`${baseUrl}/admin${path}`, {
    method,
    // A kept connection may be closed by the other side at the moment of the next request.
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

export type Issued = {
  readonly serialHex: string;
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly body: Answer['body'];
};

/** Issues for a new key. @throws when the authority refuses */
export async function issue(
  baseUrl: string,
  order: { readonly algorithm?: 'sm2' | 'p256' | 'rsa'; readonly changes?: object } = {},
): Promise<Issued> {
  const csr = await newRequest(newPrivateKey(order.algorithm ?? 'p256'));
  const { status, body } = await admin(baseUrl, 'POST /certificates', {
    csr,
    holder: UNIT,
    ...order.changes,
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return {
    serialHex: String(body['serialHex']),
    certificate: parseCertificate(fromBase64(String(body['certificate']))),
    issuer: parseCertificate(fromBase64((body['chain'] as string[])[0]!)),
    body,
  };
}

export const bytesOf = async (answer: Response): Promise<Uint8Array> =>
  new Uint8Array(await answer.arrayBuffer());

export async function askOcsp(
  baseUrl: string,
  { issuer, certificate }: Pick<Issued, 'issuer' | 'certificate'>,
  nonce?: Uint8Array,
) {
  const certIds = [buildCertId({ issuer, serial: certificate.serial }, engine)];
  const request = buildOcspRequest({ certIds, ...(nonce === undefined ? {} : { nonce }) });
  const answer = await fetch(`${baseUrl}/ocsp`, {
    method: 'POST',
    headers: { 'content-type': 'application/ocsp-request', connection: 'close' },
    body: Buffer.from(request),
  });
  const response = parseOcspResponse(await bytesOf(answer));
  return { request, response, basic: response.basic, headers: answer.headers };
}

/** An authority in this process on a free port, with a folder that goes with it. */
export async function startVendor(changes: Partial<AuthorityOptions> = {}, clock?: Clock) {
  const folder = newFolder();
  const authority = await startAuthority(newOptions(folder, { algorithm: 'p256', ...changes }), clock);
  return {
    folder,
    baseUrl: authority.baseUrl,
    async close() {
      await authority.close();
      rmSync(folder, { recursive: true });
    },
  };
}
