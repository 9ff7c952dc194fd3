import { concatBytes, fromHex, toHex, utf8 } from '@hufu/kernel';
import type { ChainStamp } from '@hufu/ledger';
import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';

const WORD = 32;

/** An unsigned number as a word of the contract ABI. */
function numberWord(value: number): Uint8Array {
  const word = new Uint8Array(WORD);
  new DataView(word.buffer).setBigUint64(WORD - 8, BigInt(value));
  return word;
}

/** `stampOf(bytes32 origin, uint64 size)` of the witness contract; the origin goes in as its SHA-256. */
export const stampCall = (origin: string, size: number): string =>
  `0x${toHex(
    concatBytes(
      keccak_256(utf8('stampOf(bytes32,uint64)')).slice(0, 4),
      sha256(utf8(origin)),
      numberWord(size),
    ),
  )}`;

/** Undefined for an answer that is no Stamp: another contract stands there, or none. */
export function readStamp(answer: string): ChainStamp | undefined {
  // root, noteHash, blockNumber, previousSize, publisher
  if (!/^0x[0-9a-f]{320}$/.test(answer)) return undefined;
  const bytes = fromHex(answer.slice(2));
  const word = (at: number) => bytes.slice(at * WORD, (at + 1) * WORD);
  const blockNumber = Number(BigInt(`0x${toHex(word(2))}`));
  return { root: word(0), noteHash: word(1), blockNumber };
}
