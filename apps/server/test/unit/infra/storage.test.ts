import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { directoryAttachments, LARGEST_ATTACHMENT } from '../../../src/infra/attachments/attachments.ts';
import { directoryTransport } from '../../../src/infra/mail/mail.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-storage-'));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));
const folder = () => path.join(root, randomBytes(6).toString('hex'));

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const pdf = (size: number) => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(size - 9, 0x20)]);
const parts = (content: Buffer, size = 1000) =>
  Readable.from(
    Array.from({ length: Math.ceil(content.length / size) }, (_, at) =>
      content.subarray(at * size, (at + 1) * size),
    ),
  );
const read = async (stream: Readable) => Buffer.concat((await stream.toArray()) as Buffer[]);

test('OD-37 a file is kept under its SHA-256, with SM3, size and the type of its content', async () => {
  const attachments = directoryAttachments(folder());
  const content = pdf(5000);
  const stored = await attachments.store(parts(content));
  expect(stored).toEqual({
    sha256: createHash('sha256').update(content).digest('hex'),
    sm3: createHash('sm3').update(content).digest('hex'),
    size: 5000,
    mediaType: 'application/pdf',
  });
  const opened = await attachments.open(stored.sha256);
  expect([opened.size, opened.mediaType, await read(opened.stream)]).toEqual([
    5000,
    'application/pdf',
    content,
  ]);
  await attachments.verify(stored.sha256);
  expect(await attachments.store(parts(content, 7))).toEqual(stored);
});

test('OD-37 what is not PDF, JPEG or PNG, is empty or over 20 MB, is refused and leaves nothing', async () => {
  const directory = folder();
  const attachments = directoryAttachments(directory);
  await expect(attachments.store(parts(Buffer.from('MZ executable')))).rejects.toThrow('FILE_TYPE');
  await expect(attachments.store(Readable.from([]))).rejects.toThrow('FILE_EMPTY');
  await expect(attachments.store(parts(pdf(LARGEST_ATTACHMENT + 1), 65_536))).rejects.toThrow(
    'FILE_TOO_LARGE',
  );
  expect(fs.readdirSync(path.join(directory, 'incoming'))).toEqual([]);
  expect((await attachments.store(parts(PNG, 3))).mediaType).toBe('image/png');
  expect((await attachments.store(parts(pdf(LARGEST_ATTACHMENT), 65_536))).size).toBe(LARGEST_ATTACHMENT);
});

test('what nothing holds goes after its time; what is held, and what came lately, stays', async () => {
  const directory = folder();
  const attachments = directoryAttachments(directory);
  const [held, refused, fresh] = await Promise.all(
    [100, 200, 300].map(async (size) => (await attachments.store(parts(pdf(size)))).sha256),
  );
  const brokenOff = path.join(directory, 'incoming', 'broken-off');
  fs.writeFileSync(brokenOff, 'x');
  const at = Date.now();
  const age = (file: string, ms: number) => fs.utimesSync(file, new Date(at - ms), new Date(at - ms));
  const place = (sha256: string) => path.join(directory, sha256.slice(0, 2), sha256);
  for (const file of [place(held!), place(refused!), brokenOff]) age(file, 2000);
  await attachments.purge({ before: at - 1000, held: () => Promise.resolve(new Set([held!])) });
  expect(await read((await attachments.open(held!)).stream)).toHaveLength(100);
  expect(await read((await attachments.open(fresh!)).stream)).toHaveLength(300);
  await expect(attachments.open(refused!)).rejects.toThrow('ATTACHMENT_MISSING');
  expect(fs.readdirSync(path.join(directory, 'incoming'))).toEqual([]);
});

test('a file that is wanted again while it is being purged stays', async () => {
  const directory = folder();
  const attachments = directoryAttachments(directory);
  const { sha256 } = await attachments.store(parts(pdf(100)));
  const place = path.join(directory, sha256.slice(0, 2), sha256);
  fs.utimesSync(place, new Date(0), new Date(0));
  let asked = 0;
  const heldAtTheSecondLook = () => Promise.resolve(new Set(++asked === 1 ? [] : [sha256]));
  await attachments.purge({ before: 1000, held: heldAtTheSecondLook });
  expect(asked).toBe(2);
  await attachments.verify(sha256);
  const storedMeanwhile = async () => {
    await attachments.store(parts(pdf(100)));
    return new Set<string>();
  };
  await attachments.purge({ before: 1000, held: storedMeanwhile });
  await attachments.verify(sha256);
});

test('a changed file is noticed; a name that is no digest leads nowhere', async () => {
  const directory = folder();
  const attachments = directoryAttachments(directory);
  const { sha256 } = await attachments.store(parts(pdf(100)));
  fs.appendFileSync(path.join(directory, sha256.slice(0, 2), sha256), 'x');
  await expect(attachments.verify(sha256)).rejects.toThrow('ATTACHMENT_DAMAGED');
  for (const name of ['../../etc/passwd', 'ff'.repeat(32), '']) {
    await expect(attachments.open(name)).rejects.toThrow('ATTACHMENT_MISSING');
  }
});

test('a mail without a server becomes one file, also when it is sent twice', async () => {
  const directory = folder();
  const transport = directoryTransport(directory, 'hub@example.cn');
  const mail = { id: '1', to: 'a@example.cn', subject: '解绑结果', text: '您的申请已通过。' };
  await transport.send(mail);
  await transport.send(mail);
  expect(fs.readdirSync(directory)).toEqual(['1.eml']);
  const text = fs.readFileSync(path.join(directory, '1.eml'), 'utf8');
  expect(text).toContain('To: a@example.cn');
  expect(text).toContain('Message-ID: <1@localhost>');
});
