import net from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clamdScanner } from '../../../src/infra/antivirus/clamd.ts';
import { freePort } from '../../support/free-port.ts';
import { type ClamdServer, startClamd } from '../../support/library/clamd-server.ts';
import { type FilesWorld, filesWorld } from '../../support/library/files-world.ts';
import { framedPdf, png, sha256 } from '../../support/library/sample-files.ts';

/** Against ClamAV's own daemon, with a signature for one picture. */
const INFECTED = png(66, 20);
let clamd: ClamdServer;
let world: FilesWorld;
beforeAll(async () => {
  clamd = await startClamd(INFECTED);
  world = await filesWorld({ settings: { HUFU_CLAMD: `tcp://127.0.0.1:${clamd.port}` } });
});
afterAll(async () => {
  await world?.close();
  await clamd?.stop();
});

describe('OD-37 a scanner of malware', () => {
  test('finds a clean file clean, also a large one, and the verdict is kept with it', async () => {
    const { body } = await world.upload('证书.png', png(3));
    expect(body.scan).toBe('CLEAN');
    expect((await world.upload('大.pdf', framedPdf(5 * 1024 * 1024))).body.scan).toBe('CLEAN');
  });

  test('an infected file is refused, leaves nothing, and is known the next time without a scanner', async () => {
    const refused = await world.upload('证书.png', INFECTED);
    expect([refused.status, refused.body.code]).toEqual([422, 'FILE_INFECTED']);
    await expect(world.infra.attachments.open(sha256(INFECTED))).rejects.toThrow('ATTACHMENT_MISSING');
    expect((await world.call(`/files/${sha256(INFECTED)}`)).status).toBe(404);
    expect((await world.quota()).usedFiles).toBe(2);
    const { body } = await world.begin('证书.png', INFECTED);
    await world.append(body.id, 0, INFECTED);
    expect((await world.complete(body.id)).body.code).toBe('FILE_INFECTED');
  });

  test('while it is silent nothing is kept, and what was sent waits', async () => {
    const bytes = png(4);
    const { body } = await world.begin('证书.png', bytes);
    await world.append(body.id, 0, bytes);
    await clamd.stop();
    const silent = await world.complete(body.id);
    expect([silent.status, silent.body.code]).toEqual([503, 'FILE_SCANNER_SILENT']);
    expect((await world.call(`/files/${sha256(bytes)}`)).status).toBe(404);
    expect((await world.upload('证书.png', INFECTED)).body.code).toBe('FILE_INFECTED');
    expect((await world.call(`/uploads/${body.id}`)).headers.get('upload-offset')).toBe(String(bytes.length));
  });
});

describe('a scanner that does not keep to its protocol gives no verdict', () => {
  test.each([
    ['says nothing and closes', (socket: net.Socket) => socket.end(), 'no answer'],
    ['says something else', (socket: net.Socket) => socket.end('HELLO\0'), 'HELLO'],
    [
      'finds the file too large',
      (socket: net.Socket) => socket.end('INSTREAM size limit exceeded. ERROR\0'),
      'INSTREAM size limit exceeded. ERROR',
    ],
    ['is silent', () => {}, 'timeout'],
  ])('one that %s', async (_name, answer, reason) => {
    const sockets: net.Socket[] = [];
    const server = net.createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      socket.once('data', () => answer(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as net.AddressInfo;
    const scanner = clamdScanner({ host: '127.0.0.1', port, timeoutMs: 300 });
    expect(await scanner.scan(png())).toEqual({ status: 'indeterminate', reason });
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  test('one that is not there', async () => {
    const scanner = clamdScanner({ host: '127.0.0.1', port: await freePort() });
    expect(await scanner.scan(png())).toEqual({ status: 'indeterminate', reason: 'no connection' });
  });
});
