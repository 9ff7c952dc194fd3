import { equalBytes, utf8 } from '@hufu/kernel';

/** What files are that are not taken, by their first bytes. */
export type ForeignKind = 'executable' | 'archive' | 'office';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

/** How they begin: the formats' own specifications, and file(1)'s database of magic numbers for those without one. */
const SIGNATURES: readonly (readonly [ForeignKind, Uint8Array])[] = [
  // PE and DOS, ELF, Mach-O (both byte orders, 32 and 64 bits, universal; Java classes share the last), scripts, links
  ['executable', utf8('MZ')],
  ['executable', hex('7f454c46')],
  ['executable', hex('feedface')],
  ['executable', hex('feedfacf')],
  ['executable', hex('cefaedfe')],
  ['executable', hex('cffaedfe')],
  ['executable', hex('cafebabe')],
  ['executable', utf8('#!')],
  ['executable', hex('4c0000000114020000000000c000000000000046')],
  // ZIP, RAR, 7z, gzip, bzip2, xz, Zstandard, LZ4, cabinet
  ['archive', hex('504b0304')],
  ['archive', hex('504b0506')],
  ['archive', hex('504b0708')],
  ['archive', hex('526172211a07')],
  ['archive', hex('377abcaf271c')],
  ['archive', hex('1f8b08')],
  ['archive', utf8('BZh')],
  ['archive', hex('fd377a585a00')],
  ['archive', hex('28b52ffd')],
  ['archive', hex('04224d18')],
  ['archive', utf8('MSCF')],
  // Compound files of Office 97–2003, RTF
  ['office', hex('d0cf11e0a1b11ae1')],
  ['office', utf8('{\\rtf')],
];

const begins = (bytes: Uint8Array, signature: Uint8Array): boolean =>
  bytes.length >= signature.length && equalBytes(bytes.subarray(0, signature.length), signature);

const TAR_AT = 257;

/** What a file that is none of ours is, if that can be told. */
export function foreignKind(bytes: Uint8Array): ForeignKind | undefined {
  const found = SIGNATURES.find(([, signature]) => begins(bytes, signature))?.[0];
  return found ?? (begins(bytes.subarray(TAR_AT), utf8('ustar')) ? 'archive' : undefined);
}

const NAMED: Readonly<Record<ForeignKind, RegExp>> = {
  executable:
    /\.(exe|com|scr|pif|cpl|bat|cmd|msi|msp|dll|sys|js|jse|vbs|vbe|wsf|wsh|hta|ps1|psm1|sh|jar|apk|lnk|app|html?|svg)$/i,
  archive: /\.(zip|rar|7z|gz|tgz|bz2|xz|zst|tar|cab|iso|img)$/i,
  office: /\.(docx?|xlsx?|pptx?|wps|et|dps|rtf|od[tsp]|ofd|txt|csv|xml)$/i,
};

/** What the name says that a file is. */
export const foreignName = (name: string): ForeignKind | undefined =>
  (Object.keys(NAMED) as ForeignKind[]).find((kind) => NAMED[kind].test(name));

/** APPNOTE 4.3.16: 22 bytes and a comment of at most 65535; it reaches exactly to the end of the file. */
const ZIP_END = 22;
const LONGEST_COMMENT = 0xffff;

/** Whether the file can be opened as a ZIP from its end, whatever it begins with. */
export function endsAsZip(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const first = Math.max(0, bytes.length - ZIP_END - LONGEST_COMMENT);
  for (let at = bytes.length - ZIP_END; at >= first; at -= 1) {
    const isEnd = bytes[at] === 0x50 && view.getUint32(at) === 0x504b0506;
    if (isEnd && at + ZIP_END + view.getUint16(at + 20, true) === bytes.length) return true;
  }
  return false;
}
