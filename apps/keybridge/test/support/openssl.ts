import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromBase64, toPem } from '@hufu/kernel';
import type { SignedStatement } from '@hufu/keybridge-client/protocol';
import { parseCertificate } from '@hufu/pki';

/** Verifies a result with the openssl command, the outside witness. */
export function opensslVerifies(result: SignedStatement): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-verify-'));
  const at = (name: string): string => join(folder, name);
  const { spki } = parseCertificate(fromBase64(result.certificate));
  writeFileSync(at('key.pem'), toPem('PUBLIC KEY', spki.der));
  writeFileSync(at('sig'), fromBase64(result.signature));
  writeFileSync(at('data'), fromBase64(result.statement));
  const digest = spki.kind === 'sm2' ? ['sm3', '-pkeyopt', 'distid:1234567812345678'] : ['sha256'];
  const files = ['-inkey', at('key.pem'), '-in', at('data'), '-sigfile', at('sig')];
  try {
    const said = execFileSync(
      'openssl',
      ['pkeyutl', '-verify', '-pubin', '-rawin', ...files, '-digest', ...digest],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    return /Verified Successfully/.test(said);
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
