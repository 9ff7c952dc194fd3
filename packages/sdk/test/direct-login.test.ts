import { fixedClock, toBase64, toHex } from '@hufu/kernel';
import { type AuthChallenge, authStatementBytes } from '@hufu/keybridge-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DirectLogin, directLogin, trustListReader } from '../src/index.ts';
import { createAuthority, engine, type Holder, newSigner, type TestAuthority } from './support/authority.ts';

const NOW = Date.parse('2026-11-20T02:00:00.000Z');
const ORIGIN = 'https://platform.example';
const AUDIENCE = 'hohhot';

let authority: TestAuthority;
const clock = fixedClock(NOW);

beforeAll(async () => {
  authority = await createAuthority(NOW);
});
afterAll(() => authority.close());

let direct: DirectLogin;
const freshLogin = (): DirectLogin =>
  directLogin({
    origin: ORIGIN,
    audience: AUDIENCE,
    trustList: trustListReader({
      address: `${authority.base}/trust-list.json`,
      pins: authority.pins,
      engine,
      clock,
    }),
    engine,
    clock,
  });
beforeEach(() => {
  clock.moveTo(NOW);
  authority.setDown(false);
  authority.setFlooded(undefined);
  direct = freshLogin();
});

async function prove(holder: Holder, challenge: AuthChallenge, origin = ORIGIN) {
  const message = authStatementBytes({
    ...challenge,
    act: 'platform-login',
    origin,
    certificateSha256: toHex(engine.digest('sha256', holder.certificate)),
  });
  return {
    challengeId: challenge.challengeId,
    certificate: toBase64(holder.certificate),
    signature: toBase64(await holder.signer.sign(message)),
  };
}

describe('PLAT-003 direct login at a platform, on the hub’s trust list alone', () => {
  test('PLAT-003 a recognised enterprise certificate is told with its unit name and code', async () => {
    const holder = await authority.issue('企业');
    const found = await direct.verify(await prove(holder, direct.challenge()));
    expect(found).toMatchObject({
      unitName: '内蒙古青山建设工程有限公司',
      uscc: '91150102MA0N7A2144',
      certificate: { issuer: '测试根CA', serial: toHex(holder.serial).replace(/^(00)+/, '') },
    });
  });

  test('PLAT-003 works while the hub is down, once the list has been read', async () => {
    const holder = await authority.issue('企业');
    await direct.verify(await prove(holder, direct.challenge()));
    authority.setDown(true);
    clock.advance(2 * 3_600_000);
    await expect(direct.verify(await prove(holder, direct.challenge()))).resolves.toBeDefined();
  });

  test('a platform that never reached the hub refuses rather than guesses', async () => {
    authority.setDown(true);
    const proof = await prove(await authority.issue('企业'), direct.challenge());
    await expect(direct.verify(proof)).rejects.toMatchObject({ code: 'SDK_TRUST_LIST_MISSING' });
  });

  test('a list without an end is left where it grows too long, and trusted no further', async () => {
    const holder = await authority.issue('企业');
    const refused = async () =>
      direct.verify(await prove(holder, direct.challenge())).catch((error: unknown) => error);
    authority.setFlooded('/root.crl');
    expect(await refused()).toMatchObject({ code: 'SDK_CERTIFICATE_REFUSED' });
    authority.setFlooded('/trust-list.json');
    direct = freshLogin();
    expect(await refused()).toMatchObject({
      code: 'SDK_TRUST_LIST_MISSING',
      cause: { code: 'SDK_TRUST_LIST_MISSING', fields: { reason: 'size' } },
    });
    authority.setFlooded(undefined);
    expect(await refused()).toMatchObject({ uscc: '91150102MA0N7A2144' });
  });

  test('a challenge works once', async () => {
    const proof = await prove(await authority.issue('企业'), direct.challenge());
    await direct.verify(proof);
    await expect(direct.verify(proof)).rejects.toMatchObject({ code: 'SDK_CHALLENGE_EXPIRED' });
  });

  test('a challenge expires after five minutes', async () => {
    const proof = await prove(await authority.issue('企业'), direct.challenge());
    clock.advance(5 * 60_000 + 1);
    await expect(direct.verify(proof)).rejects.toMatchObject({ code: 'SDK_CHALLENGE_EXPIRED' });
  });

  test('a signature that was made on another site is refused', async () => {
    const proof = await prove(await authority.issue('企业'), direct.challenge(), 'https://evil.example');
    await expect(direct.verify(proof)).rejects.toMatchObject({ code: 'SDK_SIGNATURE_INVALID' });
  });

  test('HUB-054 a revoked certificate is refused', async () => {
    const holder = await authority.issue('企业');
    authority.revoke(holder.serial);
    const proof = await prove(holder, direct.challenge());
    await expect(direct.verify(proof)).rejects.toMatchObject({
      code: 'SDK_CERTIFICATE_REFUSED',
      fields: { cause: 'CERTIFICATE_REVOKED' },
    });
  });

  test('HUB-015 a legal representative’s key is refused', async () => {
    const proof = await prove(await authority.issue('法人'), direct.challenge());
    await expect(direct.verify(proof)).rejects.toMatchObject({ fields: { cause: 'legal-representative' } });
  });

  test('HUB-012 a certificate that only claims the issuer’s name is refused', async () => {
    const proof = await prove(await authority.issue('企业', newSigner()), direct.challenge());
    await expect(direct.verify(proof)).rejects.toMatchObject({ code: 'SDK_CERTIFICATE_REFUSED' });
  });

  test('an expired trust list is no trust', async () => {
    const holder = await authority.issue('企业');
    await direct.verify(await prove(holder, direct.challenge()));
    authority.setDown(true);
    clock.advance(8 * 86_400_000);
    const proof = await prove(holder, direct.challenge());
    await expect(direct.verify(proof)).rejects.toMatchObject({ code: 'SDK_TRUST_LIST_MISSING' });
  });
});
