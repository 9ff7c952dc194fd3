import { createHash } from 'node:crypto';
import type { ProvenSeal } from '@hufu/contracts';
import { toBase64 } from '@hufu/kernel';
import { type AuthStatement, authStatementBytes } from '@hufu/keybridge-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hubWorld, operators, type World } from '../../support/hub/hub-world.ts';
import type { TestKey } from '../../support/hub/test-authority.ts';
import { type Sealer, sealer } from '../../support/signing/signing-world.ts';

let world: World;
let holder: Sealer;
let offset = 0;

beforeAll(async () => {
  world = await hubWorld({ clock: { now: () => Date.now() + offset } });
  const [clerk, reviewer] = await operators(world, [['clerk', 'reviewer'], ['reviewer']] as const);
  holder = await sealer(world, { clerk, reviewer });
}, 60_000);
afterAll(() => world.close());

type Nonce = { nonce: string; audience: string };
const freshNonce = async (): Promise<Nonce> =>
  (await world.browser().call<Nonce>('/api/v1/seal-proofs/nonces', { method: 'POST' })).body;

async function proofBy(key: TestKey, change: Partial<AuthStatement> = {}) {
  const { nonce, audience } = await freshNonce();
  const statement = authStatementBytes({
    act: 'test',
    origin: 'http://127.0.0.1:8709',
    challengeId: 'self-test',
    nonce,
    audience,
    issuedAt: new Date().toISOString(),
    certificateSha256: createHash('sha256').update(key.certificate).digest('hex'),
    ...change,
  });
  const signature = await key.signer.sign(statement);
  return {
    statement: toBase64(statement),
    signature: toBase64(signature),
    certificate: toBase64(key.certificate),
  };
}
const show = (body: object) => world.browser().call<ProvenSeal[]>('/api/v1/seal-proofs', { body });

test('AST-008 the key that made a test signature is shown the seal it may use', async () => {
  const { status, body } = await show(await proofBy(holder.key));
  expect(status).toBe(200);
  expect(body).toHaveLength(1);
  expect(body[0]).toMatchObject({ kind: 'ENTERPRISE', state: 'ACTIVE', usable: true, width: 40 });
  expect(Buffer.from(body[0]!.picture, 'base64').subarray(1, 4).toString()).toBe('PNG');
});

test('AST-008 another key of the authority sees nothing of it', async () => {
  const stranger = await world.home.issue();
  expect(await show(await proofBy(stranger))).toMatchObject({ status: 200, body: [] });
});

test('AST-008 what was signed for something else shows no seal', async () => {
  const refused = { status: 403, body: { code: 'SEAL_PROOF_INVALID' } };
  const { nonce } = await freshNonce();
  const forged = `${nonce.slice(0, -1)}${nonce.endsWith('A') ? 'B' : 'A'}`;
  const changes: Partial<AuthStatement>[] = [
    { act: 'login' },
    { audience: 'https://elsewhere.example' },
    { nonce: 'A'.repeat(32) },
    { nonce: forged },
    { certificateSha256: '0'.repeat(64) },
  ];
  for (const change of changes) expect(await show(await proofBy(holder.key, change))).toMatchObject(refused);
  const good = await proofBy(holder.key);
  const other = await proofBy(await world.home.issue());
  expect(await show({ ...good, signature: other.signature })).toMatchObject(refused);
  expect(await show({ ...good, certificate: other.certificate })).toMatchObject(refused);
  expect(await show({ ...good, statement: toBase64(new Uint8Array(40)) })).toMatchObject(refused);
});

test('AST-008 a key of an authority that has not joined is refused', async () => {
  const foreign = await world.foreign.issue();
  expect((await show(await proofBy(foreign))).status).toBe(403);
});

test('AST-008 a test signature shows the seal for a few minutes only', async () => {
  const proof = await proofBy(holder.key);
  offset = 4 * 60_000;
  expect(await show(proof)).toMatchObject({ status: 403, body: { code: 'SEAL_PROOF_INVALID' } });
});
