import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '@hufu/kernel';
import { parseCrl } from '@hufu/pki';
import { afterAll, describe, expect, test } from 'vitest';
import { startAuthority } from '../../src/index.ts';
import { admin, askOcsp, bytesOf, issue, newFolder, newOptions } from '../support/vendor.ts';

const folders: string[] = [];
const newPlace = (): string => {
  const folder = newFolder();
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const codeOf = async (run: Promise<unknown>): Promise<string> => {
  try {
    await run;
    return 'started';
  } catch (error) {
    return error instanceof CodedError ? error.code : String(error);
  }
};

describe('what was answered outlives the process', () => {
  test('certificates, their states, faults and CRL numbers come back; root and addresses stay', async () => {
    const folder = newPlace();
    const options = newOptions(folder, { algorithm: 'p256' });
    const first = await startAuthority(options);
    const port = Number(new URL(first.baseUrl).port);
    const good = await issue(first.baseUrl);
    const revoked = await issue(first.baseUrl);
    await admin(first.baseUrl, `POST /certificates/${revoked.serialHex}/revoke`, { reason: 'superseded' });
    await admin(first.baseUrl, 'PUT /faults', { delayMs: 1, ocspMode: 'normal' });
    const crlOf = async (baseUrl: string) =>
      parseCrl(await bytesOf(await fetch(`${baseUrl}/crl/intermediate.crl`)));
    const before = await crlOf(first.baseUrl);
    const root = await bytesOf(await fetch(`${first.baseUrl}/ca/root.cer`));
    await first.close();

    const second = await startAuthority({ ...options, port });
    expect(await bytesOf(await fetch(`${second.baseUrl}/ca/root.cer`))).toEqual(root);
    expect((await askOcsp(second.baseUrl, good)).basic?.responses[0]?.status.kind).toBe('good');
    expect((await askOcsp(second.baseUrl, revoked)).basic?.responses[0]?.status.kind).toBe('revoked');
    const after = await crlOf(second.baseUrl);
    expect(after.find(revoked.serialHex)?.reason).toBe('superseded');
    expect(after.crlNumber! > before.crlNumber!).toBe(true);
    expect((await admin(second.baseUrl, 'GET /faults')).body['delayMs']).toBe(1);
    expect((await admin(second.baseUrl, 'GET /certificates?limit=1')).body).toMatchObject({ total: 2 });
    await second.close();
  });

  test('a last line that was torn by a power cut is dropped; a torn line before it stops the start', async () => {
    const folder = newPlace();
    const options = newOptions(folder, { algorithm: 'p256' });
    const first = await startAuthority(options);
    const one = await issue(first.baseUrl);
    await first.close();
    const journal = join(folder, 'journal.jsonl');
    appendFileSync(journal, '{"type":"revoked","at":1,"serials":["');
    const second = await startAuthority(options);
    expect((await admin(second.baseUrl, `GET /certificates/${one.serialHex}`)).body['state']).toBe('good');
    await second.close();
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('"type":"issued"', '"type":"iss'));
    expect(await codeOf(startAuthority(options))).toBe('CA_JOURNAL');
  });

  test('a wrong passphrase opens nothing, and options are checked', async () => {
    const folder = newPlace();
    const options = newOptions(folder, { algorithm: 'p256' });
    await (await startAuthority(options)).close();
    const wrong = startAuthority({ ...options, passphrase: 'not the same' });
    expect(await codeOf(wrong)).toBe('GM_KEY_PASSWORD');
    expect(await codeOf(startAuthority({ ...options, adminToken: 'short' }))).toBe('CA_INPUT');
    expect(readFileSync(join(folder, 'keys/root.key'), 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY');
  });
});
