import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const SOFTHSM_MODULE = '/usr/lib/softhsm/libsofthsm2.so';
export const HSM_PIN = '87654321';

export type SoftHsm = { readonly config: string; remove(): void };

/** A SoftHSM token of its own, with keys made inside it and a certificate for each that asked for one. */
export function softHsm(label: string): SoftHsm {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-softhsm-'));
  const config = join(folder, 'softhsm2.conf');
  mkdirSync(join(folder, 'tokens'));
  writeFileSync(
    config,
    `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`,
  );
  const env = { ...process.env, SOFTHSM2_CONF: config };
  execFileSync(
    'softhsm2-util',
    ['--init-token', '--free', '--label', label, '--pin', HSM_PIN, '--so-pin', HSM_PIN],
    { env, stdio: 'ignore' },
  );
  return { config, remove: () => rmSync(folder, { recursive: true }) };
}
