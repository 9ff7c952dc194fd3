import { randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeSm2Pkcs8, generateSm2KeyPair } from '@hufu/gm';
import { toBase64 } from '@hufu/kernel';
import {
  authorityKeyIdentifier,
  basicConstraints,
  buildCertificate,
  buildCrl,
  buildName,
  closedPolicy,
  keyIdentifier,
  keyUsage,
  parseCertificate,
  parsePublicKeyInfo,
  publishTrustList,
  type Signer,
  subjectKeyIdentifier,
  type TrustListMemory,
} from '@hufu/pki';
import { nodeCryptoEngine, nodeSigner } from '@hufu/pki/node';

export const engine = nodeCryptoEngine();
const DAY = 86_400_000;
const random = (length: number) => new Uint8Array(randomBytes(length));

export const newSigner = (): Signer => nodeSigner(encodeSm2Pkcs8(generateSm2KeyPair(random).privateKey));

export type Holder = {
  readonly signer: Signer;
  readonly certificate: Uint8Array;
  readonly serial: Uint8Array;
};

/** One SM2 authority, the list that names it, and the web server that publishes both. */
export async function createAuthority(at: number) {
  const root = newSigner();
  const rootName = buildName([{ oid: '2.5.4.3', text: '测试根CA' }]);
  const rootId = keyIdentifier(parsePublicKeyInfo(root.publicKey));
  const rootDer = await buildCertificate(
    {
      serial: random(16),
      issuer: rootName,
      subject: rootName,
      notBefore: at - DAY,
      notAfter: at + 3650 * DAY,
      publicKey: root.publicKey,
      extensions: [
        basicConstraints({ ca: true }),
        keyUsage('keyCertSign', 'cRLSign'),
        subjectKeyIdentifier(rootId),
      ],
    },
    root,
  );
  const listKey = newSigner();
  const revoked: Uint8Array[] = [];
  let memory: TrustListMemory | undefined;
  let isDown = false;
  let flooded: string | undefined;
  let document: Uint8Array = new Uint8Array();

  const server = createServer((request, answer) => {
    if (isDown) return void answer.writeHead(503).end();
    if (request.url === flooded) return flood(answer);
    if (request.url === '/trust-list.json') return void answer.end(document);
    void buildCrl(
      {
        issuer: rootName,
        thisUpdate: at - 60_000,
        nextUpdate: at + DAY,
        crlNumber: 1n,
        authorityKeyIdentifier: rootId,
        entries: revoked.map((serial) => ({
          serial,
          revokedAt: at - 1_000,
          reason: 'keyCompromise' as const,
        })),
      },
      root,
    ).then((crl) => answer.end(crl));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function publish(validUntil = at + 7 * DAY) {
    const published = await publishTrustList({
      list: {
        region: '150000',
        issuedAt: at,
        validUntil,
        authorities: [
          {
            id: 'test-ca',
            name: '测试CA',
            nameEn: 'Test CA',
            phone: '0471-0000000',
            anchors: [parseCertificate(rootDer)],
            intermediates: [],
            profile: {
              id: 'test',
              facts: {
                unitName: [{ at: 'subject', oid: '2.5.4.10' }],
                uscc: [{ at: 'subject', oid: '2.5.4.97' }],
                kind: [
                  {
                    at: 'subject',
                    oid: '2.5.4.12',
                    values: { 企业: 'enterprise', 法人: 'legalRepresentative' },
                  },
                ],
              },
            },
            policy: { ...closedPolicy('test@1', '150000'), joined: true, sources: ['crl'] },
            crlAddresses: [`${base}/root.crl`],
            ocspAddresses: [],
            status: 'active',
            since: at - DAY,
          },
        ],
      },
      after: memory,
      signers: [{ kid: 'list-1', signer: listKey }],
      engine,
    });
    document = published.document;
    memory = { sequence: published.sequence, hash: published.hash };
  }
  await publish();

  return {
    base,
    pins: `list-1 SM2 ${toBase64(listKey.publicKey)}`,
    publish,
    revoke: (serial: Uint8Array) => void revoked.push(serial),
    setDown: (down: boolean) => {
      isDown = down;
    },
    /** From now on this address answers without an end. */
    setFlooded: (path: string | undefined) => {
      flooded = path;
    },
    async issue(kind: '企业' | '法人', issuer: Signer = root): Promise<Holder> {
      const signer = newSigner();
      const serial = random(16);
      const certificate = await buildCertificate(
        {
          serial,
          issuer: rootName,
          subject: buildName([
            { oid: '2.5.4.10', text: '内蒙古青山建设工程有限公司' },
            { oid: '2.5.4.97', text: '91150102MA0N7A2144' },
            { oid: '2.5.4.12', text: kind },
            { oid: '2.5.4.3', text: '青山建设' },
          ]),
          notBefore: at - DAY,
          notAfter: at + 365 * DAY,
          publicKey: signer.publicKey,
          extensions: [
            keyUsage('digitalSignature'),
            authorityKeyIdentifier(keyIdentifier(parsePublicKeyInfo(issuer.publicKey))),
            subjectKeyIdentifier(keyIdentifier(parsePublicKeyInfo(signer.publicKey))),
          ],
        },
        issuer,
      );
      return { signer, certificate, serial };
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
export type TestAuthority = Awaited<ReturnType<typeof createAuthority>>;

/** Sends for as long as somebody listens. */
function flood(answer: ServerResponse): void {
  const block = new Uint8Array(1_000_000);
  const send = () => {
    while (!answer.destroyed && answer.write(block));
  };
  answer.on('drain', send);
  send();
}
