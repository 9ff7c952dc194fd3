import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fromHex, toHex } from '@hufu/kernel';
import type { Ed25519Signer } from '@hufu/ledger';
import { nodeEd25519Signer } from '@hufu/ledger/node';
import { witnessError } from './errors.ts';

/** The key in the witness's own directory, readable by its user alone; made when there is none. @throws WITNESS_STATE */
export function openWitnessKey(directory: string): Ed25519Signer {
  const file = path.join(directory, 'key');
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (!fs.existsSync(file)) {
    fs.writeFileSync(file, `${toHex(new Uint8Array(randomBytes(32)))}\n`, {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    });
  }
  const text = fs.readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) throw witnessError('WITNESS_STATE');
  return nodeEd25519Signer(fromHex(text));
}
