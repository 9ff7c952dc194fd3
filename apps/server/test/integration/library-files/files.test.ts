import type { UploadSession } from '@hufu/contracts';
import { DAY_MS } from '@hufu/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { purgeTask } from '../../../src/infra/attachments/purge-task.ts';
import { type Tx, withTransaction } from '../../../src/infra/database/database.ts';
import { bundle } from '../../support/bundle.ts';
import { onPostgresql } from '../../support/database.ts';
import { breakOff, type FilesWorld, filesWorld, OTHER, OWNER } from '../../support/library/files-world.ts';
import { memberByHeader } from '../../support/library/members.ts';
import { framedPdf, JPEG, png, sha256 } from '../../support/library/sample-files.ts';
import { plainPdf } from '../../support/signing/pdf.ts';

const MEGABYTE = 1024 * 1024;
let now = Date.now();
let world: FilesWorld;
beforeAll(async () => {
  world = await filesWorld({
    clock: { now: () => now },
    settings: { HUFU_FILE_QUOTA_MB: '12', HUFU_FILE_QUOTA_COUNT: '40', HUFU_FILE_LARGEST_MB: '8' },
    renderProgram: await bundle('src/features/signing/preview/pdfium.worker.ts'),
  });
});
afterAll(() => world.close());

/** Whether somebody waits for what this transaction holds. */
async function isWaitedFor(tx: Tx): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`.execute(tx);
  return rows.length > 0;
}

const refusals = async (action: string) => {
  const rows = await world.infra.database.db
    .selectFrom('audit_entry')
    .select(['actor_id', 'subject_id', 'code'])
    .where('action', '=', action)
    .where('outcome', '=', 'refused')
    .execute();
  return rows;
};

describe('an upload that can be resumed (tus 1.0.0)', () => {
  test('arrives in parts, goes on where it was broken off, and is one file', async () => {
    const bytes = framedPdf(3 * MEGABYTE + 77);
    const begun = await world.begin('审计报告.pdf', bytes, { sha256: sha256(bytes) });
    expect([begun.status, begun.body.received, begun.body.file]).toEqual([201, 0, null]);
    const { id } = begun.body;
    expect(begun.headers.get('location')).toBe(`/api/v1/library/uploads/${id}`);

    await breakOff(world, id, bytes, 2 * MEGABYTE + 500);
    const offset = async () => {
      const { status, headers } = await world.call(`/uploads/${id}`, { method: 'HEAD' });
      expect([status, headers.get('upload-length'), headers.get('cache-control')]).toEqual([
        200,
        String(bytes.length),
        'no-store',
      ]);
      return Number(headers.get('upload-offset'));
    };
    await expect.poll(offset, { timeout: 20_000 }).toBe(2 * MEGABYTE + 500);

    const early = await world.complete(id);
    expect([early.status, early.body.code]).toEqual([409, 'FILE_INCOMPLETE']);
    const at = await offset();
    const wrong = await world.append(id, at + 1, bytes.subarray(at + 1));
    expect([wrong.status, wrong.body.code, wrong.body.fields]).toEqual([
      409,
      'FILE_OFFSET',
      { received: at },
    ]);
    const sent = await world.append(id, at, bytes.subarray(at));
    expect([sent.status, sent.headers.get('upload-offset'), sent.headers.get('tus-resumable')]).toEqual([
      204,
      String(bytes.length),
      '1.0.0',
    ]);
    const done = await world.complete(id);
    expect(done.status).toBe(201);
    expect(done.body).toMatchObject({
      sha256: sha256(bytes),
      name: '审计报告.pdf',
      size: bytes.length,
      mediaType: 'application/pdf',
      scan: 'NOT_SCANNED',
    });
    // The answer may have been lost: asking again tells the same.
    expect(await world.complete(id)).toMatchObject({ status: 201, body: done.body });
    const again = await world.begin('另一个名字.pdf', bytes, { sha256: sha256(bytes) });
    expect(again.body.file?.sha256).toBe(sha256(bytes));
    await world.infra.attachments.verify(sha256(bytes));
  });

  test.skipIf(!onPostgresql)('of two that send the same bytes at once one goes on', async () => {
    const bytes = framedPdf(MEGABYTE + 3);
    const { body } = await world.begin('同时.pdf', bytes);
    const sent = await Promise.all([0, 1].map(() => world.append(body.id, 0, bytes)));
    expect(sent.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect((await world.complete(body.id)).body.sha256).toBe(sha256(bytes));
  });

  test('is not somebody else’s, and what goes wrong is told and written down', async () => {
    const bytes = png(5);
    const { body } = await world.begin('证书.png', bytes);
    for (const method of ['GET', 'HEAD', 'DELETE']) {
      expect((await world.call(`/uploads/${body.id}`, { method, as: OTHER })).status).toBe(404);
    }
    expect((await refusals('file.look')).map(({ actor_id }) => actor_id)).toContain(OTHER);
    const version = await world.append(body.id, 0, bytes, { 'tus-resumable': '0.2.2' });
    expect([version.status, version.body.code]).toEqual([412, 'FILE_PROTOCOL']);
    const type = await world.append(body.id, 0, bytes, { 'content-type': 'application/octet-stream' });
    expect(type.status).toBe(415);
    const more = await world.append(body.id, 0, new Uint8Array(bytes.length + 1));
    expect([more.status, more.body.code]).toEqual([413, 'FILE_LONGER']);
    expect((await world.call(`/uploads/${body.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await world.append(body.id, 0, bytes)).body.code).toBe('FILE_UPLOAD_UNKNOWN');
    expect((await refusals('libraryAppendUpload')).map(({ code }) => code)).toContain('FILE_LONGER');
  });

  test('that is not what it said is refused and over', async () => {
    const bytes = png(6);
    const { body } = await world.begin('证书.png', bytes, { sha256: '00'.repeat(32) });
    await world.append(body.id, 0, bytes);
    expect((await world.complete(body.id)).body.code).toBe('FILE_DIGEST');
    expect((await world.complete(body.id)).body.code).toBe('FILE_UPLOAD_UNKNOWN');
    const program = Buffer.from('MZ not a picture');
    const disguised = (await world.begin('照片.png', program)).body;
    await world.append(disguised.id, 0, program);
    expect((await world.complete(disguised.id)).body.code).toBe('FILE_EXECUTABLE');
  });
});

describe('a small file at once', () => {
  test.each([
    ['报价.pdf', Buffer.from('MZ\x90'), 415, 'FILE_EXECUTABLE'],
    ['报价.exe', png(), 415, 'FILE_EXECUTABLE'],
    ['资料.zip', Buffer.from('PK\x03\x04'), 415, 'FILE_ARCHIVE'],
    ['资料.docx', Buffer.from('PK\x03\x04'), 415, 'FILE_OFFICE'],
    ['大.pdf', framedPdf(8 * MEGABYTE + 1), 413, 'FILE_TOO_LARGE'],
    ['空.pdf', Buffer.alloc(0), 422, 'FILE_MISSING'],
  ])('%s is refused', async (name, bytes, status, code) => {
    const answer = await world.upload(name, bytes);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('is kept; a secondary key, a frozen entity and a stranger may not', async () => {
    const { status, body } = await world.upload('营业执照.jpg', JPEG);
    expect([status, body.mediaType, body.name]).toEqual([201, 'image/jpeg', '营业执照.jpg']);
    expect((await world.upload('a.jpg', JPEG, `${OWNER}/SECONDARY`)).body.code).toBe('LIBRARY_PRIMARY_ONLY');
    expect((await world.upload('a.jpg', JPEG, `${OWNER}/PRIMARY/FROZEN`)).status).toBe(403);
    expect((await world.upload('a.jpg', JPEG, '')).body.code).toBe('LIBRARY_SESSION_REQUIRED');
  });
});

describe('OD-37 a download', () => {
  const NAME = '资质证书（副本）.png';
  const bytes = png(9, 40);
  const address = `/files/${sha256(bytes)}`;
  beforeAll(async () => {
    expect((await world.upload(NAME, bytes)).status).toBe(201);
  });

  test('is the file, under its name, and can do nothing in the browser', async () => {
    const { status, headers, bytes: got } = await world.call(address);
    expect([status, got]).toEqual([200, bytes]);
    expect(headers.get('content-type')).toBe('image/png');
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="file.png"; filename*=UTF-8''${encodeURIComponent(NAME)}`,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none';.* sandbox;/);
    const inline = await world.call(`${address}?as=inline&name=${encodeURIComponent('甲.png')}`);
    expect(inline.headers.get('content-disposition')).toMatch(/^inline; .*%E7%94%B2\.png$/);
  });

  test('can be had in ranges, whose end and absence are told (RFC 9110 §14)', async () => {
    const part = await world.call(address, { headers: { range: 'bytes=10-19' } });
    expect([part.status, part.headers.get('content-range'), part.bytes]).toEqual([
      206,
      `bytes 10-19/${bytes.length}`,
      bytes.slice(10, 20),
    ]);
    const tail = await world.call(address, { headers: { range: 'bytes=-4' } });
    expect(tail.bytes).toEqual(bytes.slice(-4));
    const outside = await world.call(address, { headers: { range: `bytes=${bytes.length}-` } });
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);
    const changed = await world.call(address, { headers: { range: 'bytes=0-1', 'if-range': '"other"' } });
    expect(changed.status).toBe(200);
  });

  test('is the owner’s alone; whoever else asks is told that there is none, and is written down', async () => {
    for (const path of [address, `${address}/facts`, `${address}/preview/1`]) {
      const answer = await world.call(path, { as: OTHER });
      expect([answer.status, answer.body.code]).toEqual([404, 'FILE_UNKNOWN']);
    }
    expect(await refusals('file.download')).toContainEqual({
      actor_id: OTHER,
      subject_id: sha256(bytes),
      code: 'FILE_UNKNOWN',
    });
    expect((await world.call(address, { as: `${OWNER}/SECONDARY` })).status).toBe(200);
    expect((await world.call(address, { as: '' })).status).toBe(401);
  });

  test('has pictures of its pages', async () => {
    const pdf = await plainPdf(2);
    const { body } = await world.upload('说明.pdf', pdf);
    expect(body.pages).toBe(2);
    const page = (number: number) => world.call(`/files/${body.sha256}/preview/${number}?width=300`);
    const [first, second, third] = [await page(1), await page(2), await page(3)];
    expect([first.status, first.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(Buffer.from(first.bytes.subarray(1, 4)).toString()).toBe('PNG');
    expect(second.bytes).not.toEqual(first.bytes);
    expect([third.status, third.body.code]).toEqual([404, 'FILE_PAGE']);
    expect((await world.call(`${address}/preview/1`)).bytes).toEqual(bytes);
    const unreadable = await world.upload('空壳.pdf', framedPdf(100));
    expect(unreadable.body.pages).toBeNull();
    const shown = await world.call(`/files/${unreadable.body.sha256}/preview/1`);
    expect([shown.status, shown.body.code]).toEqual([422, 'FILE_PREVIEW']);
  });
});

describe('room', () => {
  test('is counted from the beginning of an upload; who has none is told how much is left', async () => {
    const before = await world.quota();
    const large = framedPdf(7 * MEGABYTE);
    const begun = await world.begin('大.pdf', large);
    expect((await world.quota()).usedBytes).toBe(before.usedBytes + large.length);
    const refused = await world.begin('更大.pdf', large);
    expect([refused.status, refused.body.code]).toEqual([413, 'FILE_QUOTA']);
    expect(refused.body.hint).toMatch(/^剩余空间 \d+\.\d MB、\d+ 个文件；本文件 7\.0 MB$/);
    await world.call(`/uploads/${begun.body.id}`, { method: 'DELETE' });
    expect(await world.quota()).toEqual(before);
  });

  test.skipIf(!onPostgresql)('is not given twice to two who ask at once', async () => {
    const large = framedPdf(6 * MEGABYTE);
    const asked = await Promise.all([1, 2, 3].map((n) => world.begin(`${n}.pdf`, large)));
    expect(asked.map(({ status }) => status).sort()).toEqual([201, 413, 413]);
    for (const { status, body } of asked) {
      if (status === 201) await world.call(`/uploads/${body.id}`, { method: 'DELETE' });
    }
  });
});

describe('what nobody came to use', () => {
  const feature = () => world.files.feature({ members: memberByHeader });
  const cleanUp = async () => {
    await feature().periodic![0]!.run();
    await purgeTask(world.infra, [feature()]).run();
  };

  test('goes after a day; what a record refers to stays', async () => {
    const [used, unused] = [png(21), png(22)];
    await world.upload('用.png', used);
    await world.upload('不用.png', unused);
    const open = await world.begin('未传完.png', png(23));
    await world.append(open.body.id, 0, png(23).subarray(0, 10));
    const digests = [sha256(used), sha256(unused)];
    const { database } = world.infra;
    expect(await world.files.own(database.db, OTHER, digests)).toEqual(new Set());
    expect(await world.files.own(database.db, OWNER, digests)).toEqual(new Set(digests));
    const own = await withTransaction(database, (tx) =>
      world.files.own(tx, OWNER, [sha256(used), 'ff'.repeat(32)]),
    );
    expect(own).toEqual(new Set([sha256(used)]));
    now += DAY_MS - 60_000;
    await cleanUp();
    expect((await world.call(`/files/${sha256(unused)}`)).status).toBe(200);
    now += 120_000;
    await cleanUp();
    expect((await world.call(`/files/${sha256(unused)}`)).status).toBe(404);
    expect((await world.call<UploadSession>(`/uploads/${open.body.id}`)).status).toBe(404);
    expect((await world.call(`/files/${sha256(used)}`)).bytes).toEqual(used);
    await world.infra.attachments.verify(sha256(used));
  });

  test.skipIf(!onPostgresql)('is not taken from a record that refers to it at that moment', async () => {
    const bytes = png(31);
    await world.upload('正在用.png', bytes);
    now += 2 * DAY_MS;
    const { database } = world.infra;
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const cleaning = begun.then(cleanUp);
    await withTransaction(database, async (tx) => {
      expect((await world.files.own(tx, OWNER, [sha256(bytes)])).size).toBe(1);
      begin();
      await expect.poll(() => isWaitedFor(tx), { timeout: 20_000 }).toBe(true);
    });
    await cleaning;
    expect((await world.call(`/files/${sha256(bytes)}`)).bytes).toEqual(bytes);
  });

  test.skipIf(!onPostgresql)('is not taken as used by a transaction that comes to nothing', async () => {
    const bytes = png(32);
    await world.upload('回退.png', bytes);
    const failed = withTransaction(world.infra.database, async (tx) => {
      await world.files.own(tx, OWNER, [sha256(bytes)]);
      throw new Error('taken back');
    });
    await expect(failed).rejects.toThrow('taken back');
    now += 2 * DAY_MS;
    await cleanUp();
    expect((await world.call(`/files/${sha256(bytes)}`)).status).toBe(404);
  });
});
