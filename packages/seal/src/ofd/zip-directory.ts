import { equalBytes } from '@hufu/kernel';
import { sealError } from '../errors.ts';
import type { OfdLimits } from './limits.ts';
import { foldName, readName } from './zip-name.ts';

/** One file of the container; offsets in the container's bytes. */
export type ZipEntry = {
  readonly name: string;
  readonly stored: boolean;
  readonly crc: number;
  readonly dataStart: number;
  readonly dataEnd: number;
  readonly size: number;
};

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const END_BYTES = 22;
const DIRECTORY_BYTES = 46;
const LOCAL_BYTES = 30;
const FLAG_DESCRIPTOR = 0x0008;
const FLAG_UTF8 = 0x0800;
/** Encrypted, strongly encrypted, patched, directory encrypted. */
const FLAGS_REFUSED = 0x0001 | 0x0020 | 0x0040 | 0x2000;
const EXTRA_ZIP64 = 0x0001;
const EXTRA_UNICODE_PATH = 0x7075;

type End = { readonly count: number; readonly start: number; readonly end: number };
type Header = ZipEntry & {
  readonly nameBytes: Uint8Array;
  readonly flags: number;
  readonly method: number;
  readonly localStart: number;
};

const broken = () => sealError('OFD_ZIP');

/** The end record is the file's last bytes, comment included; what merely looks like one inside is none. */
function findEnd(view: DataView): End {
  const lowest = Math.max(0, view.byteLength - END_BYTES - 0xffff);
  for (let at = view.byteLength - END_BYTES; at >= lowest; at--) {
    if (view.getUint32(at, true) !== END) continue;
    if (at + END_BYTES + view.getUint16(at + 20, true) !== view.byteLength) continue;
    const disks = view.getUint16(at + 4, true) + view.getUint16(at + 6, true);
    const count = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 12, true);
    const start = view.getUint32(at + 16, true);
    if (disks !== 0 || count === 0xffff || size === 0xffffffff || start === 0xffffffff) {
      throw sealError('OFD_ZIP_UNSUPPORTED');
    }
    if (view.getUint16(at + 8, true) !== count || start + size !== at) throw broken();
    return { count, start, end: at };
  }
  throw broken();
}

/** Extra fields that would make another reader see other sizes or another name. */
function checkExtra(view: DataView, range: { start: number; end: number }, nameBytes: Uint8Array): void {
  for (let at = range.start; at < range.end; ) {
    if (range.end - at < 4) throw broken();
    const id = view.getUint16(at, true);
    const next = at + 4 + view.getUint16(at + 2, true);
    if (next > range.end) throw broken();
    if (id === EXTRA_ZIP64) throw sealError('OFD_ZIP_UNSUPPORTED');
    const path = new Uint8Array(view.buffer, view.byteOffset + at + 4, next - at - 4).subarray(5);
    if (id === EXTRA_UNICODE_PATH && readName(path, true) !== readName(nameBytes, false)) {
      throw sealError('OFD_NAME');
    }
    at = next;
  }
}

function readHeader(view: DataView, bytes: Uint8Array, at: number): { header: Header; next: number } {
  if (at + DIRECTORY_BYTES > bytes.length || view.getUint32(at, true) !== DIRECTORY) throw broken();
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const packed = view.getUint32(at + 20, true);
  const size = view.getUint32(at + 24, true);
  if ((flags & FLAGS_REFUSED) !== 0 || (method !== 0 && method !== 8)) throw sealError('OFD_ZIP_UNSUPPORTED');
  if (view.getUint16(at + 34, true) !== 0) throw sealError('OFD_ZIP_UNSUPPORTED');
  const nameEnd = at + DIRECTORY_BYTES + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  const next = extraEnd + view.getUint16(at + 32, true);
  if (next > bytes.length || (method === 0 && packed !== size)) throw broken();
  const nameBytes = bytes.subarray(at + DIRECTORY_BYTES, nameEnd);
  checkExtra(view, { start: nameEnd, end: extraEnd }, nameBytes);
  const header = {
    name: readName(nameBytes, (flags & FLAG_UTF8) !== 0),
    nameBytes,
    flags,
    method,
    stored: method === 0,
    crc: view.getUint32(at + 16, true),
    size,
    localStart: view.getUint32(at + 42, true),
    dataStart: 0,
    dataEnd: packed,
  };
  return { header, next };
}

/** The local header has to say the same, or a reader that goes through the file in order sees another document. */
function locate(view: DataView, bytes: Uint8Array, header: Header): Header {
  const at = header.localStart;
  if (at + LOCAL_BYTES > bytes.length || view.getUint32(at, true) !== LOCAL) throw broken();
  const described = (header.flags & FLAG_DESCRIPTOR) !== 0;
  const nameEnd = at + LOCAL_BYTES + view.getUint16(at + 26, true);
  const dataStart = nameEnd + view.getUint16(at + 28, true);
  const dataEnd = dataStart + header.dataEnd;
  const stated = [
    view.getUint32(at + 14, true),
    view.getUint32(at + 18, true),
    view.getUint32(at + 22, true),
  ];
  const known = [header.crc, header.dataEnd, header.size];
  const same =
    view.getUint16(at + 6, true) === header.flags &&
    view.getUint16(at + 8, true) === header.method &&
    equalBytes(bytes.subarray(at + LOCAL_BYTES, nameEnd), header.nameBytes) &&
    stated.every((value, i) => value === known[i] || (described && value === 0));
  if (!same || dataEnd > bytes.length) throw broken();
  checkExtra(view, { start: nameEnd, end: dataStart }, header.nameBytes);
  return { ...header, dataStart, dataEnd };
}

/** Length of the data descriptor after an entry's data: 12 octets, 16 with its optional signature. */
function descriptorLength(view: DataView, header: Header): number {
  if ((header.flags & FLAG_DESCRIPTOR) === 0) return 0;
  const at = header.dataEnd;
  if (at + 4 > view.byteLength) throw broken();
  return view.getUint32(at, true) === DESCRIPTOR ? 16 : 12;
}

/** Entries follow each other from the first octet to the directory, so that there is nothing else to be found. */
function checkLayout(view: DataView, headers: readonly Header[], directoryStart: number): void {
  let at = 0;
  for (const header of headers.toSorted((a, b) => a.localStart - b.localStart)) {
    if (header.localStart !== at) throw broken();
    at = header.dataEnd + descriptorLength(view, header);
  }
  if (at !== directoryStart) throw broken();
}

function checkNames(headers: readonly Header[]): void {
  const names = new Set(headers.map(({ name }) => foldName(name.replace(/\/$/, ''))));
  if (names.size !== headers.length) throw sealError('OFD_DUPLICATE');
}

function checkSizes(headers: readonly Header[], limits: OfdLimits, length: number): void {
  const total = headers.reduce((sum, { size }) => sum + size, 0);
  const tooLarge = headers.some(({ size }) => size > limits.entryBytes);
  const allowed = Math.min(limits.totalBytes, Math.max(limits.freeBytes, limits.ratio * length));
  if (tooLarge || total > allowed) throw sealError('OFD_LIMIT', { limit: 'bytes' });
}

/**
 * Directory of a ZIP file, read so that every reader must see the same files: nothing before, between or behind the
 * entries, local headers equal to the directory, no two names that differ only in case.
 * @throws OFD_ZIP, OFD_ZIP_UNSUPPORTED, OFD_NAME, OFD_DUPLICATE, OFD_LIMIT
 */
export function readZipDirectory(bytes: Uint8Array, limits: OfdLimits): ZipEntry[] {
  if (bytes.length < END_BYTES) throw broken();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = findEnd(view);
  if (end.count > limits.entries) throw sealError('OFD_LIMIT', { limit: 'entries' });
  const headers: Header[] = [];
  let at = end.start;
  for (let i = 0; i < end.count; i++) {
    const { header, next } = readHeader(view, bytes, at);
    headers.push(locate(view, bytes, header));
    at = next;
  }
  if (at !== end.end) throw broken();
  checkNames(headers);
  checkSizes(headers, limits, bytes.length);
  checkLayout(view, headers, end.start);
  return headers;
}
