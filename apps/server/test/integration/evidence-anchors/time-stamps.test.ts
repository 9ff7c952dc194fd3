import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { DAY_MS, fixedClock, toPem, utf8 } from '@hufu/kernel';
import { nodeCryptoEngine } from '@hufu/pki/node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  newestTimeStamp,
  timeStampCovering,
} from '../../../src/features/evidence/anchors/time-stamp-store.ts';
import { stampDaily } from '../../../src/features/evidence/anchors/time-stamping.ts';
import { createTsaDriver } from '../../../src/features/evidence/anchors/tsa-driver.ts';
import { tsaTrust } from '../../../src/features/evidence/anchors/tsa-trust.ts';
import type { Database } from '../../../src/infra/database/database.ts';
import { testDatabase } from '../../support/database.ts';
import { type AuthorityProcess, startAuthorityProcess } from '../../support/evidence/authority-process.ts';
import { memoryLog } from '../../support/evidence/memory-log.ts';
import { type TestVault, testVault } from '../../support/evidence/test-vault.ts';
import { startTestTsa, type TestTsa, type TsaFault } from '../../support/evidence/tsa-server.ts';

const engine = nodeCryptoEngine();
const random = (length: number) => new Uint8Array(randomBytes(length));
const pemOf = (...certificates: readonly Uint8Array[]) =>
  certificates.map((der) => toPem('CERTIFICATE', der)).join('');

type Aim = { readonly url: string; readonly trusted: readonly Uint8Array[]; readonly policy?: string };
const driverOf = ({ url, trusted, policy }: Aim) =>
  createTsaDriver({
    url,
    policy,
    trust: tsaTrust(pemOf(...trusted), engine),
    engine,
    random,
    timeoutMs: 5_000,
  });

describe('RFC 3161 the driver believes nothing unchecked', () => {
  let tsa: TestTsa;
  beforeAll(async () => {
    tsa = await startTestTsa();
  });
  afterEach(() => {
    tsa.fault = 'none';
  });
  afterAll(() => tsa.close());
  const content = utf8('checkpoint');
  const trusted = () => [tsa.root.der];

  test('a token of a service below a trusted authority; every request has its own nonce', async () => {
    const driver = driverOf({ url: tsa.url, trusted: trusted() });
    const stamp = await driver.stamp(content);
    await driver.stamp(content);
    expect(stamp.policy).toBe('1.3.6.1.4.1.99999.1');
    expect(stamp.signerUntil).toBe(tsa.signerCertificate.notAfter);
    const nonces = tsa.asked.map(({ nonce }) => nonce);
    expect(new Set(nonces).size).toBe(nonces.length);
    expect(nonces.every((nonce) => nonce !== undefined && nonce > 0n)).toBe(true);
    expect(tsa.asked[0]?.certificateRequested).toBe(true);
  });

  test.each<[TsaFault, string]>([
    ['refuses', 'TSA_REFUSED'],
    ['other-data', 'TSA_ANSWER_INVALID'],
    ['other-nonce', 'TSA_ANSWER_INVALID'],
    ['garbage', 'TSA_ANSWER_INVALID'],
    ['endless', 'TSA_ANSWER_INVALID'],
    ['unavailable', 'TSA_UNREACHABLE'],
    ['redirect', 'TSA_UNREACHABLE'],
  ])('an answer that %s: %s', async (fault, code) => {
    tsa.fault = fault;
    await expect(driverOf({ url: tsa.url, trusted: trusted() }).stamp(content)).rejects.toThrow(code);
  });

  test('a policy that is demanded is asked for, and another one refused', async () => {
    const policy = '1.3.6.1.4.1.99999.1';
    const driver = driverOf({ url: tsa.url, trusted: trusted(), policy });
    expect((await driver.stamp(content)).policy).toBe(policy);
    expect(tsa.asked.at(-1)?.policy).toBe(policy);
    tsa.fault = 'other-policy';
    await expect(driver.stamp(content)).rejects.toThrow('TSA_ANSWER_INVALID');
  });

  test('a signer that nobody trusts is refused; one that is named itself is accepted alone', async () => {
    const other = await startTestTsa();
    try {
      const strangers = driverOf({ url: tsa.url, trusted: [other.root.der] });
      await expect(strangers.stamp(content)).rejects.toThrow('TSA_UNTRUSTED');
      const pinned = { trusted: [tsa.signerCertificate.der] };
      expect((await driverOf({ url: tsa.url, ...pinned }).stamp(content)).time).toBeGreaterThan(0);
      await expect(driverOf({ url: other.url, ...pinned }).stamp(content)).rejects.toThrow('TSA_UNTRUSTED');
    } finally {
      await other.close();
    }
  });

  test('RFC 3161 §2.3 a certificate for another purpose does not stamp', async () => {
    const other = await startTestTsa({ purpose: 'status' });
    try {
      const driver = driverOf({ url: other.url, trusted: [other.root.der] });
      await expect(driver.stamp(content)).rejects.toThrow('TSA_ANSWER_INVALID');
    } finally {
      await other.close();
    }
  });

  test('a file without certificates is refused at once', () => {
    expect(() => tsaTrust('nothing', engine)).toThrow('TSA_CERTIFICATES_UNREADABLE');
    expect(() => tsaTrust(pemOf(utf8('no certificate')), engine)).toThrow('TSA_CERTIFICATES_UNREADABLE');
  });
});

describe('one checkpoint a day', () => {
  let database: Database;
  let keys: TestVault;
  let authority: AuthorityProcess;
  beforeAll(async () => {
    keys = testVault();
    [database, authority] = await Promise.all([
      testDatabase(),
      startAuthorityProcess(keys.directory, 'p256'),
    ]);
  });
  afterAll(async () => {
    await authority.stop();
    await database.close();
    keys.dispose();
  });

  test('is stamped by the authority’s own service; openssl accepts the stored token and no other text', async () => {
    const source = memoryLog('stamped', 'sigsum.org/v1/tree/stamped');
    const clock = fixedClock(Date.now());
    const root = await authority.root();
    const intermediate = await authority.intermediate();
    const driver = driverOf({ url: `${authority.baseUrl}/tsa`, trusted: [root, intermediate] });
    const run = () => stampDaily({ database, clock, driver, source });
    await run();
    expect(await newestTimeStamp(database.db, source.origin)).toBeUndefined();
    source.grow(3);
    await run();
    source.grow(2);
    await run();
    clock.advance(DAY_MS);
    await run();
    clock.advance(DAY_MS);
    await run();
    const covering = async (index: number) =>
      (await timeStampCovering(database.db, source.origin, index))?.size;
    expect([await covering(0), await covering(2), await covering(3), await covering(5)]).toEqual([
      3,
      3,
      5,
      undefined,
    ]);
    const stamp = (await newestTimeStamp(database.db, source.origin))!;
    expect(stamp.content).toBe(`${source.origin}\n5\n${Buffer.from(stamp.root).toString('base64')}\n`);

    const inFolder = (name: string) => path.join(keys.directory, name);
    fs.writeFileSync(inFolder('token.der'), stamp.token);
    fs.writeFileSync(inFolder('checkpoint.txt'), stamp.content);
    fs.writeFileSync(inFolder('other.txt'), stamp.content.replace('\n5\n', '\n6\n'));
    fs.writeFileSync(inFolder('root.pem'), pemOf(root));
    fs.writeFileSync(inFolder('intermediate.pem'), pemOf(intermediate));
    const verify = (file: string) =>
      promisify(execFile)(
        'openssl',
        ['ts', '-verify', '-data', file, '-in', 'token.der', '-token_in', '-CAfile', 'root.pem'].concat(
          '-untrusted',
          'intermediate.pem',
        ),
        { cwd: keys.directory },
      );
    expect((await verify('checkpoint.txt')).stdout).toContain('Verification: OK');
    await expect(verify('other.txt')).rejects.toThrow();
  });

  test('a checkpoint is stamped anew before the certificate of its stamp ends, though nothing grew', async () => {
    const source = memoryLog('renewed', 'sigsum.org/v1/tree/renewed');
    const tsa = await startTestTsa({ years: 1 });
    try {
      const clock = fixedClock(Date.now());
      const driver = driverOf({ url: tsa.url, trusted: [tsa.root.der] });
      const run = () => stampDaily({ database, clock, driver, source });
      source.grow(1);
      await run();
      clock.advance(200 * DAY_MS);
      expect(await run()).toBeUndefined();
      clock.advance(100 * DAY_MS);
      expect((await run())?.size).toBe(1);
      expect((await timeStampCovering(database.db, source.origin, 0))?.obtainedAt).toBeLessThan(clock.now());
    } finally {
      await tsa.close();
    }
  });
});
