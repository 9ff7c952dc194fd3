import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { utf8 } from '../src/index.ts';
import { lockFolder, openLineJournal, passphraseBoxes } from '../src/node/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hufu-node-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const random = (length: number) => new Uint8Array(randomBytes(length));
const boxes = (passphrase: string, format = 'hufu-test-1') =>
  passphraseBoxes({ format, passphrase, scryptN: 1_024, random });

test('lines come back in the order in which they were given, those of one moment together', async () => {
  const path = join(folder, 'journal');
  const { journal } = await openLineJournal(path);
  await Promise.all(['a', 'b', 'c'].map((line) => journal.append(line)));
  await journal.append('d');
  await journal.close();
  const again = await openLineJournal(path);
  expect(again.lines).toEqual(['a', 'b', 'c', 'd']);
  await again.journal.close();
  expect(statSync(path).mode & 0o077).toBe(0);
});

test('a line that a crash cut off is gone, and the next one begins cleanly', async () => {
  const path = join(folder, 'journal');
  const first = await openLineJournal(path);
  await first.journal.append('whole');
  await first.journal.close();
  appendFileSync(path, 'tor');
  const second = await openLineJournal(path);
  expect(second.lines).toEqual(['whole']);
  await second.journal.append('next');
  await second.journal.close();
  expect(readFileSync(path, 'utf8')).toBe('whole\nnext\n');
});

test('after a failed write nothing more is taken', async () => {
  const { journal } = await openLineJournal(join(folder, 'journal'));
  await journal.close();
  await expect(journal.append('late')).rejects.toThrow();
  await expect(journal.append('later')).rejects.toThrow();
});

test('a folder is kept by one at a time; the lock of a dead process is taken over', async () => {
  const release = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow('FOLDER_IN_USE');
  await release();
  expect(existsSync(join(folder, 'lock'))).toBe(false);
  // No process has this number (it is above the highest that Linux gives); then our own, from an earlier life.
  for (const pid of [2 ** 22 + 1, process.pid]) {
    writeFileSync(join(folder, 'lock'), String(pid));
    await (await lockFolder(folder))();
  }
  writeFileSync(join(folder, 'lock'), String(process.ppid));
  await expect(lockFolder(folder)).rejects.toThrow('FOLDER_IN_USE');
  // A process that lives, but is not the one that had the number.
  if (process.platform === 'linux') {
    writeFileSync(join(folder, 'lock'), `${process.ppid} 1`);
    await (await lockFolder(folder))();
  }
});

test('a box opens with its passphrase and as its format alone, however the passphrase is typed', () => {
  const text = JSON.stringify(boxes('密码 ｐａｓｓ').seal(utf8('secret')));
  expect(boxes('密码 pass').open(text)).toEqual(utf8('secret'));
  expect(() => boxes('密码 other').open(text)).toThrow('BOX_UNREADABLE');
  expect(() => boxes('密码 pass', 'hufu-test-2').open(text)).toThrow('BOX_UNREADABLE');
  const box = JSON.parse(text) as { data: string; kdf: object };
  const altered = { ...box, data: box.data.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) };
  expect(() => boxes('密码 pass').open(JSON.stringify(altered))).toThrow('BOX_UNREADABLE');
  const costly = { ...box, kdf: { ...box.kdf, N: 2 ** 30 } };
  expect(() => boxes('密码 pass').open(JSON.stringify(costly))).toThrow('BOX_UNREADABLE');
});
