import { generateKeyPairSync } from 'node:crypto';
import { utf8 } from '@hufu/kernel';
import {
  basicConstraints,
  buildCertificate,
  buildName,
  buildTimeStampRequest,
  buildTimeStampResponse,
  type Certificate,
  type DigestAlgorithm,
  EXTENDED_KEY_USAGE_OID,
  extendedKeyUsage,
  keyUsage,
  parseCertificate,
  parseTimeStampRequest,
  parseTimeStampResponse,
  type Signer,
} from '@hufu/pki';
import { nodeCryptoEngine, nodeSigner } from '@hufu/pki/node';
import { expect, test } from 'vitest';
import { checkpointText, type LogPolicy, parseCheckpoint, verifyBundle } from '../src/index.ts';
import { nodeLedgerCrypto } from '../src/node/index.ts';
import { NOON, newBundle, POLICY } from './support/log.ts';

const engine = nodeCryptoEngine();
const tools = { crypto: nodeLedgerCrypto(), engine };
const { bundle, log } = await newBundle();

const newSigner = (): Signer => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return nodeSigner(new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })));
};

const nameOf = (text: string) => buildName([{ oid: '2.5.4.3', text }]);

async function newAuthority() {
  const rootSigner = newSigner();
  const signer = newSigner();
  const common = { serial: Uint8Array.of(1), notBefore: NOON - 86_400_000, notAfter: NOON + 86_400_000 };
  const root = await buildCertificate(
    {
      ...common,
      issuer: nameOf('根'),
      subject: nameOf('根'),
      publicKey: rootSigner.publicKey,
      extensions: [basicConstraints({ ca: true }), keyUsage('keyCertSign', 'cRLSign')],
    },
    rootSigner,
  );
  const stamping = extendedKeyUsage([EXTENDED_KEY_USAGE_OID.timeStamping], { critical: true });
  const stamper = await buildCertificate(
    {
      ...common,
      serial: Uint8Array.of(2),
      issuer: nameOf('根'),
      subject: nameOf('时间戳'),
      publicKey: signer.publicKey,
      extensions: [keyUsage('digitalSignature'), stamping],
    },
    rootSigner,
  );
  return { root, certificate: parseCertificate(stamper), signer };
}

type Authority = { readonly root: Uint8Array; readonly certificate: Certificate; readonly signer: Signer };

const authority = await newAuthority();

type StampSpec = { readonly by?: Authority; readonly digest?: DigestAlgorithm; readonly at?: number };

async function stamp(text: string, { by = authority, digest = 'sha256', at = NOON + 5000 }: StampSpec = {}) {
  const hash = engine.digest(digest, utf8(text));
  const request = parseTimeStampRequest(buildTimeStampRequest({ digest, hash, certificateRequested: true }));
  const spec = {
    request,
    policy: '1.2.3.4',
    serial: Uint8Array.of(9),
    at,
    accuracySeconds: 1,
    certificate: by.certificate,
  };
  return parseTimeStampResponse(await buildTimeStampResponse(spec, by.signer, engine)).token!.der;
}

/** A later checkpoint than the bundle's own, and the text that is stamped. */
const note = await log.checkpoint(250);
const { text } = parseCheckpoint(note).note;
const proof = await log.proof(123, note);
const trusting: LogPolicy = { ...POLICY, timeStampRoots: [authority.root] };

async function judge(token: Uint8Array, policy = trusting, of = proof) {
  const verdict = await verifyBundle({ ...bundle, timeStamps: [{ proof: of, token }] }, policy, tools);
  const [found] = verdict.timeStamps;
  return { outcome: verdict.outcome, state: found?.state, reason: found?.reason, time: found?.time };
}

test.each(['sha256', 'sm3'] as const)(
  'a token over the %s of a checkpoint with the leaf tells the time',
  async (digest) => {
    expect(await judge(await stamp(text, { digest }))).toEqual({
      outcome: 'valid',
      state: 'valid',
      reason: undefined,
      time: NOON + 5000,
    });
  },
);

test('the stamping certificate itself may be what is trusted', async () => {
  const pinned = { ...POLICY, timeStampRoots: [authority.certificate.der] };
  expect(await judge(await stamp(text), pinned)).toMatchObject({ state: 'valid' });
});

test('without roots, or of another authority, nothing is known of it, and the rest stays proved', async () => {
  const unknown = { outcome: 'valid', state: 'indeterminate', reason: 'TIME_STAMP_UNTRUSTED' };
  expect(await judge(await stamp(text), POLICY)).toMatchObject(unknown);
  const stranger = await newAuthority();
  expect(await judge(await stamp(text, { by: stranger }))).toMatchObject(unknown);
});

test('a token of other data makes the bundle invalid', async () => {
  const invalid = { outcome: 'invalid', reason: 'TIME_STAMP_OTHER_DATA' };
  expect(await judge(await stamp(`${text} `))).toMatchObject(invalid);
  const other = checkpointText({ ...parseCheckpoint(note), size: 251 });
  expect(await judge(await stamp(other))).toMatchObject(invalid);
  expect(await judge(await stamp(text, { digest: 'sha1' }))).toMatchObject(invalid);
});

test('a token from outside its certificate’s validity is refused', async () => {
  expect(await judge(await stamp(text, { at: NOON + 2 * 86_400_000 }))).toMatchObject({
    outcome: 'invalid',
    reason: 'TIME_STAMP_CERTIFICATE',
  });
});

test('a token whose signature was touched, or that is none, is refused', async () => {
  const token = await stamp(text);
  const touched = token.with(-1, token.at(-1)! ^ 1);
  expect(await judge(touched)).toMatchObject({ outcome: 'invalid', reason: 'TIME_STAMP_SIGNATURE' });
  expect(await judge(Uint8Array.of(1, 2))).toMatchObject({
    outcome: 'invalid',
    reason: 'TIME_STAMP_MALFORMED',
  });
});

test('a stamped checkpoint without the leaf proves nothing of it', async () => {
  const elsewhere = proof.replace('index 123', 'index 12');
  expect(await judge(await stamp(text), trusting, elsewhere)).toMatchObject({
    outcome: 'invalid',
    reason: 'INCLUSION',
  });
});
