/** PDFDocEncoding where it differs from ISO 8859-1 (ISO 32000-2 Annex D.2). */
const HIGH = '•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\ufffd€';
const LOW = '˘ˇˆ˙˝˛˚˜';

const fromDocEncoding = (octet: number): string => {
  if (octet >= 0x80 && octet <= 0xa0) return HIGH[octet - 0x80]!;
  return octet >= 0x18 && octet <= 0x1f ? LOW[octet - 0x18]! : String.fromCharCode(octet);
};

/** A text string (ISO 32000-2 §7.9.2.2): UTF-16BE or UTF-8 with their marks, else PDFDocEncoding. Never throws. */
export function pdfText(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    let text = '';
    for (let i = 2; i + 1 < bytes.length; i += 2)
      text += String.fromCharCode(bytes[i]! * 256 + bytes[i + 1]!);
    // Half of a surrogate pair stands for nothing.
    return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return new TextDecoder().decode(bytes.subarray(3));
  }
  return Array.from(bytes, fromDocEncoding).join('');
}
