import { DerReader, decodeTime, TAG } from '@hufu/gm';
import { fromHex } from '@hufu/kernel';
import { pkiError } from '../errors.ts';
import { serialToHex } from '../x509/certificate.ts';
import type { Name } from '../x509/model.ts';
import { type EntryExtensions, parseEntryExtensions } from './entry-extensions.ts';
import type { CrlEntry } from './model.ts';
import { isPlainUtcTime } from './quick-time.ts';

const MAX_SERIAL_OCTETS = 20;
/** SEQUENCE { INTEGER of one octet, UTCTime }: no entry is shorter. */
const SHORTEST_ENTRY = 20;
const STEP = 4096;
const MAX_PROBES = 4096;
const MAX_KNOWN_BLOCKS = 16;

const PLAIN: EntryExtensions = {
  reason: 'unspecified',
  invalidityDate: undefined,
  certificateIssuer: undefined,
  hasUnknownCritical: false,
};

/** FNV-1a with a final mix. */
function serialHash(bytes: Uint8Array, range: { start: number; end: number; seed: number }): number {
  let hash = 0x811c9dc5 ^ range.seed;
  for (let at = range.start; at < range.end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** Where revokedCertificates lies in the CRL's bytes, header included. */
export type EntryRange = { readonly start: number; readonly end: number };

/**
 * Entries of a CRL, found by certificate issuer and serial number. Only offsets are held (8 to 16 octets per entry in
 * typed arrays), so that a list of 100,000 costs no objects. `build` is a generator: it pauses every few thousand
 * entries, and its driver decides whether other work gets a turn. Every entry is checked when it is indexed; reading
 * one afterwards cannot fail.
 */
export class EntryIndex {
  hasUnknownCritical = false;
  size = 0;
  readonly #der: Uint8Array;
  readonly #offsets: Uint32Array;
  /** Number of the entry's certificate issuer in `#issuers`; allocated by the first entry that names one. */
  #issuerOf: Uint32Array | undefined;
  readonly #issuers: Name[];
  readonly #issuerNumbers = new Map<string, number>();
  #slots = new Uint32Array(1);
  readonly #known: { readonly der: Uint8Array; readonly decoded: EntryExtensions }[] = [];

  constructor(der: Uint8Array, issuer: Name, range: EntryRange | undefined) {
    this.#der = der;
    this.#issuers = [issuer];
    this.#issuerNumbers.set(issuer.key, 0);
    const room = range === undefined ? 0 : Math.ceil((range.end - range.start) / SHORTEST_ENTRY);
    this.#offsets = new Uint32Array(room);
  }

  *build(range: EntryRange, version: number): Generator<undefined, void> {
    const outer = new DerReader(this.#der, { ...range, depth: 2 });
    const list = outer.sequence();
    const entry = new DerReader(this.#der);
    let issuer = 0;
    while (!list.done) {
      list.enterInto(entry, TAG.sequence);
      const start = list.start;
      this.#checkSerialAndTime(entry);
      if (!entry.done) issuer = this.#takeExtensions(entry, { version, issuer });
      this.#append(start, issuer);
      if (this.size % STEP === 0) yield;
    }
    yield* this.#hashAll();
  }

  #checkSerialAndTime(entry: DerReader): void {
    entry.next(TAG.integer);
    const { contentStart: at } = entry;
    const octets = entry.contentEnd - at;
    const first = this.#der[at]!;
    const second = this.#der[at + 1]!;
    const padded = octets > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
    // A negative number matches no certificate that can be read, but the rest of its list stands (RFC 5280 §4.1.2.2).
    if (octets === 0 || octets > MAX_SERIAL_OCTETS || padded) {
      throw pkiError('CRL_ENTRY', { of: 'serial', at });
    }
    entry.next();
    const { contentStart, contentEnd, tag } = entry;
    const plain =
      tag === TAG.utcTime && contentEnd - contentStart === 13 && isPlainUtcTime(this.#der, contentStart);
    if (!plain) decodeTime(tag, this.#der.subarray(contentStart, contentEnd));
  }

  #takeExtensions(entry: DerReader, state: { version: number; issuer: number }): number {
    if (state.version !== 2) throw pkiError('CRL_VERSION', { version: state.version });
    entry.next(TAG.sequence);
    const { certificateIssuer, hasUnknownCritical } = this.#extensions(entry.start, entry.contentEnd);
    entry.finish();
    if (hasUnknownCritical) this.hasUnknownCritical = true;
    return certificateIssuer === undefined ? state.issuer : this.#issuerNumber(certificateIssuer);
  }

  /** Nearly all entries of a list carry one of a few extension blocks (a reason): each is decoded once. */
  #extensions(start: number, end: number): EntryExtensions {
    for (const known of this.#known) if (this.#isSame(known.der, start, end)) return known.decoded;
    const der = this.#der.subarray(start, end);
    const decoded = parseEntryExtensions(der);
    if (this.#known.length < MAX_KNOWN_BLOCKS) this.#known.push({ der, decoded });
    return decoded;
  }

  #isSame(wanted: Uint8Array, start: number, end: number): boolean {
    if (end - start !== wanted.length) return false;
    // From the end, where blocks of one shape differ.
    for (let i = wanted.length - 1; i >= 0; i--) if (this.#der[start + i] !== wanted[i]) return false;
    return true;
  }

  #issuerNumber(name: Name): number {
    let number = this.#issuerNumbers.get(name.key);
    if (number === undefined) {
      number = this.#issuers.push(name) - 1;
      this.#issuerNumbers.set(name.key, number);
    }
    return number;
  }

  #append(start: number, issuer: number): void {
    if (issuer !== 0) {
      this.#issuerOf ??= new Uint32Array(this.#offsets.length);
    }
    if (this.#issuerOf !== undefined) this.#issuerOf[this.size] = issuer;
    this.#offsets[this.size] = start;
    this.size++;
  }

  *#hashAll(): Generator<undefined, void> {
    let room = 2;
    while (room < this.size * 2) room *= 2;
    this.#slots = new Uint32Array(room);
    for (let number = 0; number < this.size; number++) {
      this.#insert(number);
      if (number % (2 * STEP) === 2 * STEP - 1) yield;
    }
  }

  #insert(number: number): void {
    const mask = this.#slots.length - 1;
    const start = this.#serialAt(this.#offsets[number]!);
    const end = start + this.#der[start - 1]!;
    let slot = serialHash(this.#der, { start, end, seed: this.#issuerOf?.[number] ?? 0 }) & mask;
    for (let probes = 0; this.#slots[slot] !== 0; probes++) {
      // Serial numbers chosen to collide would make this quadratic: no honest list comes near.
      if (probes > MAX_PROBES) throw pkiError('CRL_ENTRY', { of: 'collisions' });
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = number + 1;
  }

  /** Where the serial number's content begins in a checked entry; its length is the octet before. */
  #serialAt(offset: number): number {
    const length = this.#der[offset + 1]!;
    return offset + 4 + (length >= 0x80 ? length & 0x7f : 0);
  }

  #decode(number: number): CrlEntry {
    const list = new DerReader(this.#der, {
      start: this.#offsets[number]!,
      end: this.#der.length,
      depth: 3,
    });
    const entry = list.sequence();
    const serialHex = serialToHex(entry.integerBytes({ signed: true }));
    entry.next();
    const revokedAt = decodeTime(entry.tag, this.#der.subarray(entry.contentStart, entry.contentEnd));
    const { reason, invalidityDate } = entry.done ? PLAIN : parseEntryExtensions(entry.element());
    const certificateIssuer = this.#issuers[this.#issuerOf?.[number] ?? 0]!;
    return { serialHex, revokedAt, reason, invalidityDate, certificateIssuer };
  }

  find(serialHex: string, certificateIssuer: Name): CrlEntry | undefined {
    const issuer = this.#issuerNumbers.get(certificateIssuer.key);
    if (issuer === undefined || this.size === 0) return undefined;
    const magnitude = fromHex(serialHex);
    const wanted = (magnitude[0] ?? 0) >= 0x80 ? Uint8Array.of(0, ...magnitude) : magnitude;
    const mask = this.#slots.length - 1;
    let found: CrlEntry | undefined;
    for (
      let slot = serialHash(wanted, { start: 0, end: wanted.length, seed: issuer }) & mask;
      ;
      slot = (slot + 1) & mask
    ) {
      const number = this.#slots[slot]! - 1;
      if (number < 0) return found;
      const start = this.#serialAt(this.#offsets[number]!);
      const end = start + this.#der[start - 1]!;
      if ((this.#issuerOf?.[number] ?? 0) !== issuer || !this.#isSame(wanted, start, end)) continue;
      const entry = this.#decode(number);
      if (entry.reason !== 'removeFromCRL') return entry;
      found ??= entry;
    }
  }

  *entries(): IterableIterator<CrlEntry> {
    for (let number = 0; number < this.size; number++) yield this.#decode(number);
  }
}
