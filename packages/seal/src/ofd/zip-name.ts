import { CodedError } from '@hufu/kernel';
import { sealError } from '../errors.ts';

const LONGEST_NAME = 1024;

function decode(label: 'utf-8' | 'gb18030', bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    return undefined;
  }
}

/** Names are UTF-8; without the flag that says so, Chinese software also writes GB 18030. */
function decodeName(bytes: Uint8Array, statedUtf8: boolean): string {
  const name = decode('utf-8', bytes) ?? (statedUtf8 ? undefined : decode('gb18030', bytes));
  if (name === undefined) throw sealError('OFD_NAME');
  return name;
}

/** A name that could lead a reader out of the container, or that two readers could take for two things. */
function isUnsafe(name: string): boolean {
  const path = name.endsWith('/') ? name.slice(0, -1) : name;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (path === '' || name.length > LONGEST_NAME || /[\u0000-\u001f\u007f\\:*?"<>|]/.test(name)) return true;
  return path.split('/').some((part) => part === '' || part === '.' || part === '..');
}

/** The name of an entry, checked. A folder ends with a slash. @throws OFD_NAME */
export function readName(bytes: Uint8Array, statedUtf8: boolean): string {
  const name = decodeName(bytes, statedUtf8);
  if (isUnsafe(name)) throw sealError('OFD_NAME');
  return name;
}

/** Under which readers that ignore case and normal form would find the file. */
export const foldName = (name: string): string => name.normalize('NFC').toLowerCase();
