import { readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fromBase64, fromUtf8, toBase64, utf8 } from '@hufu/kernel';
import { writeDurably } from '@hufu/kernel/node';
import { signerError } from '../errors.ts';
import { deriveKey, seal, unseal } from './seal.ts';
import type { Snapshot } from './vault-state.ts';

const NAME = /^snapshot-(\d{6,})\.bin$/;
const nameOf = (number: number): string => `snapshot-${String(number).padStart(6, '0')}.bin`;

/** The state before the segment of the same number. */
export type NumberedSnapshot = {
  readonly number: number;
  readonly snapshot: Snapshot | undefined;
  /** Tag that the segment before ended with; undefined before the first. */
  readonly previous: Uint8Array | undefined;
};

const keyOf = (masterKey: Uint8Array): Uint8Array =>
  deriveKey(masterKey, new Uint8Array(), 'hufu signer snapshot');

async function numbersIn(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names.flatMap((name) => {
    const number = NAME.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

/** The latest one; of an empty folder, the state before the first segment. @throws SIGNER_JOURNAL */
export async function readSnapshot(folder: string, masterKey: Uint8Array): Promise<NumberedSnapshot> {
  const number = Math.max(0, ...(await numbersIn(folder)));
  if (number === 0) return { number: 1, snapshot: undefined, previous: undefined };
  try {
    const sealed = new Uint8Array(await readFile(join(folder, nameOf(number))));
    const plain = unseal(keyOf(masterKey), sealed, utf8(nameOf(number)));
    const { snapshot, previous } = JSON.parse(fromUtf8(plain)) as { snapshot: Snapshot; previous: string };
    return { number, snapshot, previous: fromBase64(previous) };
  } catch (cause) {
    throw signerError('SIGNER_JOURNAL', { snapshot: number }, cause);
  }
}

export type SnapshotToWrite = {
  readonly number: number;
  readonly previous: Uint8Array;
  /** JSON of the state, taken at the moment when the segment of that number began. */
  readonly snapshot: Snapshot;
};

/** Writes one, and removes those before its predecessor. The journal's segments all stay. */
export async function writeSnapshot(
  folder: string,
  masterKey: Uint8Array,
  { number, previous, snapshot }: SnapshotToWrite,
): Promise<void> {
  const plain = utf8(JSON.stringify({ snapshot, previous: toBase64(previous) }));
  await writeDurably(join(folder, nameOf(number)), seal(keyOf(masterKey), plain, utf8(nameOf(number))));
  const older = (await numbersIn(folder)).filter((one) => one < number).sort((a, b) => b - a);
  for (const one of older.slice(1)) await unlink(join(folder, nameOf(one)));
}
