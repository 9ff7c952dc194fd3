import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAttachments } from '../../../src/infra/attachments/open-attachments.ts';
import { type S3Options, s3Client } from '../../../src/infra/attachments/s3-client.ts';
import { s3Store } from '../../../src/infra/attachments/s3-store.ts';
import { openSpool } from '../../../src/infra/attachments/spool.ts';
import { freePort } from '../../support/free-port.ts';
import { type Gateway, startGateway } from '../../support/library/ceph-gateway.ts';
import { digestOf, freshPdf, readAll, STORE_CASES } from '../../support/library/store-cases.ts';

/** Against the S3 gateway of Ceph (Debian's radosgw), which is a program of others. */
let gateway: Gateway;
let options: S3Options;
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-s3-'));
beforeAll(async () => {
  gateway = await startGateway();
  const { endpoint, accessKeyId, secretAccessKey } = gateway;
  options = { endpoint, accessKeyId, secretAccessKey, region: 'us-east-1', bucket: 'attachments' };
  const made = await s3Client(options)({ method: 'PUT', key: '' });
  expect(made.status).toBe(200);
  made.message.resume();
}, 120_000);
afterAll(async () => {
  await gateway?.stop();
  fs.rmSync(directory, { recursive: true, force: true });
});

const sent = (content: Buffer) => Readable.from([content]);

describe('attachments in a bucket', () => {
  test.each(STORE_CASES)('%s', async (_name, prove) => {
    const spool = openSpool(path.join(directory, 'incoming'));
    await prove({ store: s3Store(s3Client(options), `${randomUUID()}/`), spool });
  });

  test('a large file goes there and comes back, and nothing of it stays on this machine', async () => {
    const attachments = openAttachments({ directory, objectStore: { ...options, prefix: 'large/' } });
    const content = freshPdf(20 * 1024 * 1024);
    const { sha256 } = await attachments.store(sent(content));
    expect(digestOf(await readAll((await attachments.open(sha256)).stream))).toBe(sha256);
    expect(fs.readdirSync(path.join(directory, 'incoming'))).toEqual([]);
  });

  test('more objects than one page of a list holds are all seen', async () => {
    const store = s3Store(s3Client(options), 'many/');
    const keys = Array.from({ length: 1100 }, (_, at) => `locks/${at}`);
    for (let at = 0; at < keys.length; at += 100) {
      await Promise.all(keys.slice(at, at + 100).map((key) => store.create(key)));
    }
    const listed: string[] = [];
    for await (const { key } of store.list()) listed.push(key);
    expect(listed.sort()).toEqual([...keys].sort());
  });

  test('of several who make the same lock one makes it', async () => {
    const store = s3Store(s3Client(options), 'lock/');
    const made = await Promise.all(Array.from({ length: 8 }, () => store.create('locks/one')));
    expect(made.filter(Boolean)).toEqual([true]);
  });

  test('two prefixes of one bucket know nothing of each other', async () => {
    const [one, two] = ['one/', 'two/'].map((prefix) =>
      openAttachments({ directory, objectStore: { ...options, prefix } }),
    );
    const { sha256 } = await one!.store(sent(freshPdf()));
    await expect(two!.open(sha256)).rejects.toThrow('ATTACHMENT_MISSING');
    await two!.purge({ before: Date.now() + 60_000, held: () => Promise.resolve(new Set()) });
    await one!.verify(sha256);
  });
});

describe('a store that cannot serve', () => {
  const withStore = (change: Partial<S3Options>) =>
    openAttachments({ directory, objectStore: { ...options, prefix: '', ...change } });

  test.each([
    ['a wrong secret', { secretAccessKey: 'something else' }],
    ['a bucket that is not there', { bucket: 'nowhere' }],
  ])('%s: refused with a code, the file is not taken for missing', async (_name, change) => {
    const attachments = withStore(change);
    await expect(attachments.store(sent(freshPdf()))).rejects.toThrow('ATTACHMENT_STORE');
    await expect(attachments.ping()).rejects.toThrow('ATTACHMENT_STORE');
    const purge = attachments.purge({ before: Date.now(), held: () => Promise.resolve(new Set()) });
    await expect(purge).rejects.toThrow('ATTACHMENT_STORE');
    expect(fs.readdirSync(path.join(directory, 'incoming'))).toEqual([]);
  });

  test('nobody listens: ATTACHMENT_STORE, after a few tries', async () => {
    const attachments = withStore({ endpoint: `http://127.0.0.1:${await freePort()}` });
    await expect(attachments.open('ab'.repeat(32))).rejects.toThrow('ATTACHMENT_STORE');
  });

  test('a connection that breaks once is tried again', async () => {
    const target = new URL(gateway.endpoint);
    let broken = 0;
    const proxy = net.createServer((socket) => {
      socket.on('error', () => {});
      if (broken++ === 0) {
        socket.destroy();
        return;
      }
      const onward = net.connect(Number(target.port), target.hostname);
      onward.on('error', () => socket.destroy());
      socket.on('close', () => onward.destroy());
      socket.pipe(onward).pipe(socket);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = proxy.address() as net.AddressInfo;
      const attachments = withStore({ endpoint: `http://127.0.0.1:${port}` });
      const { sha256 } = await attachments.store(sent(freshPdf(100_000)));
      expect(broken).toBeGreaterThan(1);
      await withStore({}).verify(sha256);
    } finally {
      proxy.close();
    }
  });
});
