import fs from 'node:fs';
import path from 'node:path';
import { type RandomBytes, toBase64Url } from '@hufu/kernel';

/** A demo's own passphrase, beside its vault: it protects nothing, it only lets the demo use the real vault. */
export function demoPassphrase(file: string, random: RandomBytes): string {
  if (fs.existsSync(file)) return fs.readFileSync(file, 'utf8').trim();
  const passphrase = toBase64Url(random(24));
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  fs.writeFileSync(file, `${passphrase}\n`, { mode: 0o600, flag: 'wx' });
  return passphrase;
}
