import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  answerSigning,
  DeviceSigning,
  encodeSm2Signature,
  generateSm2KeyPair,
  type SignAnswer,
  sm2Digest,
} from '@hufu/gm';
import { openSslSm2 } from '@hufu/gm/node';
import { fixedClock, fromBase64, utf8 } from '@hufu/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ONE, vaultHalf } from '../../src/halves/half-record.ts';
import { keepMasterKey } from '../../src/master/master-key.ts';
import { openFolder } from '../../src/store/open-folder.ts';
import { type Kept, TestDevice } from '../support/device.ts';
import { random, type TestVault, testVault, wrapOf } from '../support/vault.ts';

const engine = openSslSm2(random);
let vault: TestVault;
const folders: string[] = [];
beforeEach(async () => {
  vault = await testVault();
});
afterEach(async () => {
  await vault.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Everything that lies on the vault's disk, at this moment. */
function copyOf(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'hufu-signer-copy-'));
  folders.push(copy);
  cpSync(folder, copy, { recursive: true, filter: (from) => !/(?:lock|\.sock)$/.test(from) });
  return copy;
}

const openCopy = (folder: string) =>
  openFolder({ folder, masterWrap: wrapOf(), clock: fixedClock(1_800_000_000_000), segmentLength: 1_000 });

const isValid = (kept: Kept, message: Uint8Array, signature: Uint8Array) =>
  engine.verify(kept.half.publicKey, message, signature);

test('whoever has all of the vault’s storage, its passphrase and every message makes no signature', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const { request } = device.prepare(kept, [utf8('seen')]);
  await device.send<'sign'>(request);
  const copy = await openCopy(copyOf(vault.folder));
  const record = copy.store.state.halves.get(kept.halfId)!;
  const half = vaultHalf(record, record.epoch);
  await copy.close();

  const forged = utf8('forged');
  const digest = sm2Digest(half.publicKey, forged);
  const own = generateSm2KeyPair(random);
  const session = random(32);
  // The vault's half used whole, and inverted; and a device's side with a half that is not the device's.
  expect(isValid(kept, forged, engine.sign(half.secret, forged))).toBe(false);
  const run = new DeviceSigning(half.publicKey, { session, digest }, random);
  const answer = answerSigning(half, { session, digest, request: run.request }, random);
  for (const guess of [own.privateKey, half.secret, ONE]) {
    const again = new DeviceSigning(half.publicKey, { session, digest }, random);
    const answered = answerSigning(half, { session, digest, request: again.request }, random);
    expect(() => again.finish(answered, guess)).toThrow('GM_TWO_PARTY_ABORT');
  }
  expect(() => run.finish(answer, own.privateKey)).toThrow('GM_TWO_PARTY_ABORT');
  // The device's own proof, shown again for another message.
  const [item] = request.items;
  const seen = { point: fromBase64(item!.point), proof: fromBase64(item!.proof) };
  expect(() => answerSigning(half, { session, digest, request: seen }, random)).toThrow('GM_TWO_PARTY_PROOF');
});

test('whoever has all of the device’s storage, and its PIN, makes no signature without the vault', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const stolen = { ...kept };
  await vault.ask('/v1/halves/hold', { halfId: kept.halfId });
  await expect(device.sign(stolen, [utf8('forged')])).rejects.toThrow('PHONE_HALF_HELD');
  const digest = sm2Digest(kept.half.publicKey, utf8('forged'));
  const run = new DeviceSigning(kept.half.publicKey, { session: random(32), digest }, random);
  const scalar = () => generateSm2KeyPair(random).privateKey;
  const invented: SignAnswer = { r: scalar(), s2: scalar(), s3: scalar() };
  expect(() => encodeSm2Signature(run.finish(invented, stolen.half.secret))).toThrow('GM_TWO_PARTY_ABORT');
  expect(isValid(kept, utf8('forged'), engine.sign(stolen.half.secret, utf8('forged')))).toBe(false);
});

test('a renewal makes an earlier copy of the vault worthless beside the device’s new half', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const before = await openCopy(copyOf(vault.folder));
  const record = before.store.state.halves.get(kept.halfId)!;
  const old = vaultHalf(record, record.epoch);
  await before.close();
  const renewed = await device.renew(kept);
  const session = random(32);
  const digest = sm2Digest(old.publicKey, utf8('forged'));
  const attempt = (secret: Uint8Array) => {
    const run = new DeviceSigning(old.publicKey, { session, digest }, random);
    return run.finish(answerSigning(old, { session, digest, request: run.request }, random), secret);
  };
  expect(() => attempt(renewed.half.secret)).toThrow('GM_TWO_PARTY_ABORT');
  expect(attempt(kept.half.secret)).toBeDefined();
});

test('nothing on the disk is readable without the master key', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  await vault.ask('/v1/keys/ensure', { purpose: 'oidc', algorithm: 'ES256' });
  const text = readdirSync(vault.folder)
    .filter((name) => /journal|snapshot|master/.test(name))
    .map((name) => readFileSync(join(vault.folder, name), 'utf8'))
    .join('');
  expect(text).not.toContain(kept.halfId);
  expect(text).not.toContain('oidc');
  await expect(
    openFolder({
      folder: copyOf(vault.folder),
      masterWrap: wrapOf('another passphrase, long enough'),
      clock: fixedClock(0),
      segmentLength: 10,
    }),
  ).rejects.toThrow('SIGNER_MASTER_KEY');
});

test('the master key is kept under another passphrase; the one before opens nothing', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const folder = copyOf(vault.folder);
  const opened = await openCopy(folder);
  await keepMasterKey(folder, wrapOf('a wholly other passphrase'), opened.masterKey);
  await opened.close();
  await expect(openCopy(folder)).rejects.toThrow('SIGNER_MASTER_KEY');
  const again = await testVault({ folder, masterWrap: wrapOf('a wholly other passphrase') });
  device.vault = again;
  await device.sign(kept, [utf8('m')]);
  await again.close();
});

test('a line that was changed, left out or moved stops the vault; one that was torn was never answered', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  await device.sign(kept, [utf8('1')]);
  await device.sign(kept, [utf8('2')]);
  const lines = readFileSync(join(vault.folder, 'journal-000001.jsonl'), 'utf8').split('\n');
  const [header, ...events] = lines.slice(0, -1) as [string, ...string[]];
  const damage: Record<string, string[]> = {
    changed: [
      header,
      ...events.with(
        2,
        (events[2] ?? '').replace(/^./, (c) => (c === 'A' ? 'B' : 'A')),
      ),
    ],
    'left out': [header, ...events.toSpliced(1, 1)],
    moved: [header, ...events.with(1, events[2] ?? '').with(2, events[1] ?? '')],
    'in another file': [header.replace(/"salt":"./, '"salt":"/'), ...events],
  };
  for (const [what, changed] of Object.entries(damage)) {
    const copy = copyOf(vault.folder);
    writeFileSync(join(copy, 'journal-000001.jsonl'), `${changed.join('\n')}\n`);
    await expect(openCopy(copy), what).rejects.toThrow('SIGNER_JOURNAL');
  }
  const torn = copyOf(vault.folder);
  const half = (events.at(-1) ?? '').slice(0, 20);
  writeFileSync(join(torn, 'journal-000001.jsonl'), [header, ...events.slice(0, -1), half].join('\n'));
  const opened = await openCopy(torn);
  expect(opened.store.state.halves.get(kept.halfId)?.nonces).toHaveLength(1);
  await opened.close();
});

test('the journal goes on in further files with a snapshot between; every state is found again', async () => {
  await vault.close();
  vault = await testVault({ segmentLength: 4 });
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  await vault.ask('/v1/keys/ensure', { purpose: 'oidc', algorithm: 'ES256' });
  for (let i = 0; i < 9; i++) {
    await device.sign(kept, [utf8(String(i))]);
    if (i % 4 === 3) await vault.restart();
  }
  await expect(device.sign(kept, [utf8('m')], { pin: '000000' })).rejects.toThrow('PHONE_PIN_WRONG');
  await vault.restart();
  const { halves } = await vault.ask('/v1/halves/status', { halfIds: [kept.halfId] });
  expect(halves).toMatchObject([{ triesLeft: 9, state: 'ACTIVE' }]);
  const names = readdirSync(vault.folder);
  expect(names.filter((name) => name.startsWith('journal')).length).toBeGreaterThan(2);
  expect(names.filter((name) => name.startsWith('snapshot'))).toHaveLength(2);
  const { keys } = await vault.ask('/v1/keys');
  expect(keys).toHaveLength(1);
  await device.sign(kept, [utf8('m')]);
});

test('a vault that was restored from a copy takes devices that went on meanwhile for copies, until it is told', async () => {
  const device = new TestDevice(vault);
  const kept = await device.enrol();
  const folder = copyOf(vault.folder);
  await device.sign(kept, [utf8('1')]);
  await device.sign(kept, [utf8('2')]);
  const untold = await testVault({ folder: copyOf(folder) });
  device.vault = untold;
  await expect(device.sign(kept, [utf8('3')])).rejects.toThrow('PHONE_CLONED');
  await untold.close();
  const opened = await openCopy(folder);
  await opened.store.commit({ type: 'resynchronised' });
  await opened.close();
  const told = await testVault({ folder });
  device.vault = told;
  await device.sign(kept, [utf8('3')]);
  await device.sign(kept, [utf8('4')]);
  await told.close();
});
