import { generateKeyPairSync, randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  authorityKeyIdentifier,
  basicConstraints,
  buildCertificate,
  buildName,
  buildTimeStampRefusal,
  buildTimeStampResponse,
  type Certificate,
  EXTENDED_KEY_USAGE_OID,
  extendedKeyUsage,
  keyUsage,
  parseCertificate,
  parseTimeStampRequest,
  type Signer,
  subjectKeyIdentifier,
  type TimeStampRequest,
} from '@hufu/pki';
import { nodeCryptoEngine, nodeSigner } from '@hufu/pki/node';

const YEAR = 365 * 86_400_000;
const engine = nodeCryptoEngine();

/** How an answer differs from an honest one. */
export type TsaFault =
  | 'none'
  | 'refuses'
  | 'other-data'
  | 'other-nonce'
  | 'other-policy'
  | 'garbage'
  | 'endless'
  | 'unavailable'
  | 'redirect';

export type TestTsa = {
  readonly url: string;
  readonly root: Certificate;
  readonly signerCertificate: Certificate;
  /** Of the next answers. */
  fault: TsaFault;
  /** Requests so far. */
  readonly asked: TimeStampRequest[];
  close(): Promise<void>;
};

function newSigner(): Signer {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return nodeSigner(new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })));
}

const nameOf = (text: string) => buildName([{ oid: '2.5.4.3', text }]);

/** A time-stamp service that lies on demand. `purpose`: what its certificate is for. */
export async function startTestTsa(
  options: { readonly purpose?: 'time-stamping' | 'status'; readonly years?: number } = {},
): Promise<TestTsa> {
  const { purpose = 'time-stamping', years = 5 } = options;
  const rootSigner = newSigner();
  const signer = newSigner();
  const rootId = engine.digest('sha1', rootSigner.publicKey);
  const now = Date.now();
  const serial = () => Uint8Array.of(0x40, ...randomBytes(7));
  const root = parseCertificate(
    await buildCertificate(
      {
        serial: serial(),
        issuer: nameOf('时间戳测试根'),
        subject: nameOf('时间戳测试根'),
        publicKey: rootSigner.publicKey,
        notBefore: now - YEAR,
        notAfter: now + 10 * YEAR,
        extensions: [
          basicConstraints({ ca: true }),
          keyUsage('keyCertSign', 'cRLSign'),
          subjectKeyIdentifier(rootId),
        ],
      },
      rootSigner,
    ),
  );
  const usage =
    purpose === 'time-stamping' ? EXTENDED_KEY_USAGE_OID.timeStamping : EXTENDED_KEY_USAGE_OID.ocspSigning;
  const certificate = parseCertificate(
    await buildCertificate(
      {
        serial: serial(),
        issuer: nameOf('时间戳测试根'),
        subject: nameOf('时间戳测试服务'),
        publicKey: signer.publicKey,
        notBefore: now - YEAR,
        notAfter: now + years * YEAR,
        extensions: [
          keyUsage('digitalSignature'),
          extendedKeyUsage([usage], { critical: true }),
          authorityKeyIdentifier(rootId),
        ],
      },
      rootSigner,
    ),
  );
  const state: { fault: TsaFault } = { fault: 'none' };
  const asked: TimeStampRequest[] = [];

  const answer = async (request: TimeStampRequest): Promise<Uint8Array> => {
    const { fault } = state;
    if (fault === 'refuses') return buildTimeStampRefusal('timeNotAvailable', 'not now');
    if (fault === 'garbage') return Uint8Array.of(0x30, 0x03, 0x02, 0x01);
    const { imprint } = request;
    const stamped: TimeStampRequest = {
      ...request,
      imprint: fault === 'other-data' ? { ...imprint, hash: new Uint8Array(32) } : imprint,
      nonce: fault === 'other-nonce' ? 1n : request.nonce,
    };
    return buildTimeStampResponse(
      {
        request: stamped,
        policy: fault === 'other-policy' ? '1.3.6.1.4.1.99999.2' : '1.3.6.1.4.1.99999.1',
        serial: serial(),
        at: Date.now(),
        accuracySeconds: 1,
        certificate,
      },
      signer,
      engine,
    );
  };

  const server = http.createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      void respond(new Uint8Array(Buffer.concat(chunks)), response);
    });
  });
  const respond = async (body: Uint8Array, response: http.ServerResponse) => {
    const { fault } = state;
    if (fault === 'unavailable') return response.writeHead(503).end();
    if (fault === 'redirect') return response.writeHead(307, { location: '/elsewhere' }).end();
    if (fault === 'endless') return response.end(Buffer.alloc(2_000_000));
    const request = parseTimeStampRequest(body);
    asked.push(request);
    return response.setHeader('content-type', 'application/timestamp-reply').end(await answer(request));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    root,
    signerCertificate: certificate,
    asked,
    get fault() {
      return state.fault;
    },
    set fault(fault) {
      state.fault = fault;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
