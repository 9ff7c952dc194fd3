import type { ExchangeRecord, MirrorPackage, PlatformNotice } from '@hufu/contracts';
import { canonicalJsonBytes, type JsonValue, utf8 } from '@hufu/kernel';
import { CompactSign, compactVerify, exportJWK, generateKeyPair, importJWK } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { hubStatements } from '../src/exchange/hub-statements.ts';
import { readNotice } from '../src/exchange/read-notice.ts';
import { verifySealed } from '../src/exchange/sealed-document.ts';
import { signProject } from '../src/exchange/sign-project.ts';
import { recordDigest, sha256Hex, verifyPackage } from '../src/exchange/verify-package.ts';

const HUB = 'https://hub.example';
const CLIENT = 'hohhot';

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
let hub: Pair;
let strange: Pair;
let statements: ReturnType<typeof hubStatements>;
beforeAll(async () => {
  hub = await generateKeyPair('ES256', { extractable: true });
  strange = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(hub.publicKey)), kid: 'h1' };
  statements = hubStatements({ hub: HUB, clientId: CLIENT, keys: { keys: [key] } });
});

type Said = { typ?: string; by?: Pair; kid?: string; claims?: Record<string, unknown> };

const signed = ({ typ = 'hufu-package+jws', by = hub, kid = 'h1', claims = {} }: Said) =>
  new CompactSign(utf8(JSON.stringify({ iss: HUB, aud: CLIENT, ...claims })))
    .setProtectedHeader({ alg: 'ES256', kid, typ })
    .sign(by.privateKey);

const record = (values: Record<string, unknown>): ExchangeRecord => {
  const bare = {
    id: 'r1',
    type: 'award',
    parent: null,
    version: 2,
    state: 'submitted',
    title: '鲁班奖',
    values,
    system: {},
    locked: [],
    sm3: '',
  };
  return { ...bare, sm3: recordDigest(bare) ?? '' };
};

const pack = (records: ExchangeRecord[]): MirrorPackage => ({
  pull: 'p1',
  platform: 'hohhot',
  syncedAt: '2026-11-21T00:00:00.000Z',
  libVersion: 7,
  entity: { id: 'e1', kind: 'ORGANISATION', name: '青山建设', uscc: '91150102MA0N00016G', roles: ['BIDDER'] },
  records,
  files: [],
  report: { complete: true, missing: [], unmapped: [], stale: [] },
  filesUntil: '2026-11-22T00:00:00.000Z',
});

const digest = (value: unknown) => sha256Hex(canonicalJsonBytes(value as JsonValue));

async function answer(made: MirrorPackage, more: Said = {}) {
  const claims = { jti: made.pull, entity: 'e1', libVersion: 7, sha256: await digest(made), ...more.claims };
  return { package: made, signature: await signed({ ...more, claims }) };
}

test('PLAT-014: a package is taken as the hub signed it for this platform', async () => {
  const made = pack([record({ awardName: '鲁班奖' })]);
  expect(await verifyPackage(await answer(made), statements)).toEqual(made);
});

test('a package that was changed, signed by another, meant for another platform or of another type is refused', async () => {
  const made = pack([record({ awardName: '鲁班奖' })]);
  const good = await answer(made);
  const changed = { ...good, package: { ...made, libVersion: 8 } };
  await expect(verifyPackage(changed, statements)).rejects.toMatchObject({ code: 'SDK_PACKAGE_CHANGED' });
  for (const more of [
    { by: strange },
    { kid: 'h2' },
    { typ: 'hufu-notice+jws' },
    { claims: { aud: 'ulanqab' } },
    { claims: { iss: 'https://other.example' } },
  ]) {
    await expect(verifyPackage(await answer(made, more), statements)).rejects.toMatchObject({
      code: 'SDK_SIGNATURE_INVALID',
    });
  }
});

test('a record that is not what its evidence commits to is refused, though the hub signed the package', async () => {
  const good = record({ awardName: '鲁班奖' });
  const made = pack([{ ...good, values: { awardName: '詹天佑奖' } }]);
  await expect(verifyPackage(await answer(made), statements)).rejects.toMatchObject({
    code: 'SDK_PACKAGE_CHANGED',
    fields: { record: 'r1' },
  });
});

test('PLAT-040: a notice is read from what the hub signed, and only from that', async () => {
  const notice: PlatformNotice = {
    seq: 3,
    kind: 'performance.void',
    entity: 'e1',
    record: 'r1',
    facts: { version: 2 },
    at: '2026-11-21T00:00:00.000Z',
  };
  const body = await signed({ typ: 'hufu-notice+jws', claims: { notice } });
  expect(await readNotice(body, statements)).toEqual(notice);
  const forged = await signed({ typ: 'hufu-notice+jws', by: strange, claims: { notice } });
  await expect(readNotice(forged, statements)).rejects.toMatchObject({ code: 'SDK_SIGNATURE_INVALID' });
  const empty = await signed({ typ: 'hufu-notice+jws' });
  await expect(readNotice(empty, statements)).rejects.toMatchObject({ code: 'SDK_SIGNATURE_INVALID' });
  await expect(readNotice('not a jws', statements)).rejects.toMatchObject({ code: 'SDK_SIGNATURE_INVALID' });
});

test('PLAT-043: a project is signed under the registered key’s name and its own type', async () => {
  const pair = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(pair.privateKey)), kid: 'k1' };
  const jws = await signProject(
    {
      iss: CLIENT,
      aud: HUB,
      iat: 1,
      tradeNo: 'T-1',
      section: '1',
      board: 'general',
      uscc: '91150102MA0N00016G',
      values: {},
    },
    key,
  );
  const publicKey = await importJWK(await exportJWK(pair.publicKey), 'ES256');
  const { protectedHeader } = await compactVerify(jws, publicKey);
  expect(protectedHeader).toEqual({ alg: 'ES256', kid: 'k1', typ: 'hufu-project+jws' });
});

test('PLAT-011: a sealed document that does not begin with what was given out is refused before anything is asked', async () => {
  const given = utf8('%PDF-1.7 the letter');
  for (const sealed of [utf8('%PDF-1.7 another letter, sealed'), given]) {
    await expect(verifySealed({ hubUrl: HUB, given, sealed, unitName: '青山建设' })).rejects.toMatchObject({
      code: 'SDK_SEAL_REFUSED',
      fields: { reason: 'other document' },
    });
  }
});
