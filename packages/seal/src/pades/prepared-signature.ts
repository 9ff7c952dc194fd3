import { fromBase64, toBase64 } from '@hufu/kernel';
import type { SignatureSlot } from '../append/signature-slot.ts';
import { sealError } from '../errors.ts';
import type { SignatureFormat } from './signature-format.ts';

/** All that has to be kept between the two phases, beside the file itself. Only `hash` needs to go to the key. */
export type PreparedSignature = SignatureSlot & {
  readonly format: SignatureFormat;
  /** Name of the new signature field. */
  readonly field: string;
  /** The signer's certificate, DER. */
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  /** The message that the key signs: signed attributes, or TBS_Sign of GB/T 38540. */
  readonly message: Uint8Array;
  /** Its 32 bytes: SHA-256, or SM3 with Z. */
  readonly hash: Uint8Array;
};

/** `PreparedSignature` for a database between two requests: bytes in base64. */
export type PreparedSignatureJson = {
  readonly version: 1;
  readonly format: string;
  readonly field: string;
  readonly certificate: string;
  readonly chain: readonly string[];
  readonly message: string;
  readonly hash: string;
  readonly tail: string;
  readonly contentsAt: number;
  readonly capacity: number;
  readonly byteRange: readonly number[];
  readonly digestAlgorithm: string;
  readonly documentDigest: string;
};

export const preparedToJson = (prepared: PreparedSignature): PreparedSignatureJson => ({
  version: 1,
  format: prepared.format,
  field: prepared.field,
  certificate: toBase64(prepared.certificate),
  chain: prepared.chain.map(toBase64),
  message: toBase64(prepared.message),
  hash: toBase64(prepared.hash),
  tail: toBase64(prepared.tail),
  contentsAt: prepared.contentsAt,
  capacity: prepared.capacity,
  byteRange: prepared.byteRange,
  digestAlgorithm: prepared.digestAlgorithm,
  documentDigest: toBase64(prepared.documentDigest),
});

const refuse = (of: string): never => {
  throw sealError('SEALING_PREPARED', { of });
};

/** Reads values of a record by type, so that a damaged row is noticed before a signature is put into it. */
function fieldReader(json: unknown) {
  if (typeof json !== 'object' || json === null) refuse('object');
  const record = json as Readonly<Record<string, unknown>>;
  const text = (key: string): string => {
    const value = record[key];
    return typeof value === 'string' ? value : refuse(key);
  };
  const decode = (key: string, value: unknown): Uint8Array => {
    if (typeof value !== 'string') return refuse(key);
    try {
      return fromBase64(value);
    } catch {
      return refuse(key);
    }
  };
  const list = (key: string): readonly unknown[] => {
    const value = record[key];
    return Array.isArray(value) ? value : refuse(key);
  };
  const count = (key: string, value: unknown = record[key]): number =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : refuse(key);
  const oneOf = <T extends string>(key: string, known: readonly T[]): T =>
    known.find((name) => name === record[key]) ?? refuse(key);
  return { record, text, bytes: (key: string) => decode(key, record[key]), decode, list, count, oneOf };
}

/** @throws SEALING_PREPARED */
export function preparedFromJson(json: unknown): PreparedSignature {
  const read = fieldReader(json);
  if (read.record['version'] !== 1) refuse('version');
  const [from, length, second, secondLength, ...more] = read
    .list('byteRange')
    .map((value) => read.count('byteRange', value));
  if (
    from !== 0 ||
    length === undefined ||
    second === undefined ||
    secondLength === undefined ||
    more.length > 0
  ) {
    return refuse('byteRange');
  }
  const [tail, contentsAt, capacity] = [read.bytes('tail'), read.count('contentsAt'), read.count('capacity')];
  const slotEnd = contentsAt + 2 * capacity + 2;
  const fits = second - length === slotEnd - contentsAt && tail.length - slotEnd === secondLength;
  if (!fits || tail[contentsAt] !== 0x3c || tail[slotEnd - 1] !== 0x3e) refuse('tail');
  return {
    format: read.oneOf('format', ['cades', 'gm', 'ses']),
    field: read.text('field'),
    certificate: read.bytes('certificate'),
    chain: read.list('chain').map((value) => read.decode('chain', value)),
    message: read.bytes('message'),
    hash: read.bytes('hash'),
    tail,
    contentsAt,
    capacity,
    byteRange: [from, length, second, secondLength],
    digestAlgorithm: read.oneOf('digestAlgorithm', ['sha256', 'sm3']),
    documentDigest: read.bytes('documentDigest'),
  };
}
