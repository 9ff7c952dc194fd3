import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import {
  LEDGER_WITNESS_BUILD,
  LEDGER_WITNESS_BYTECODE,
  LEDGER_WITNESS_DEPLOYED_BYTECODE,
} from '../src/index.ts';

const COMPILE = fileURLToPath(new URL('../compile.mjs', import.meta.url));

test('compiling the source again gives the committed bytes', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [COMPILE, '--check']);
  expect(stdout).toContain(LEDGER_WITNESS_BUILD.bytecodeSha256);
  expect(stdout).toContain('is what the source gives');
});

/** Opcodes of code, without the data that follow a PUSH. */
function opcodes(code: string): number[] {
  const bytes = Buffer.from(code.slice(2), 'hex');
  const found: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const opcode = bytes[at]!;
    found.push(opcode);
    if (opcode >= 0x60 && opcode <= 0x7f) at += opcode - 0x5f;
  }
  return found;
}

test('the code runs on chains of the London revision: no PUSH0, no transient storage, no MCOPY', () => {
  const LATER = [0x5f, 0x5c, 0x5d, 0x5e, 0x49, 0x4a];
  for (const code of [LEDGER_WITNESS_BYTECODE, LEDGER_WITNESS_DEPLOYED_BYTECODE]) {
    expect(opcodes(code).filter((one) => LATER.includes(one))).toEqual([]);
  }
});
