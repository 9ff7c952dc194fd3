import { setImmediate as nextTurn } from 'node:timers/promises';
import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { infraError } from '../errors.ts';

export type XmlHandlers = {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
};

const CHUNK = 128 * 1024;

/**
 * Elements by their local names. A document type is refused, so that there are no entities but the five of XML; other
 * requests get their turn while a long one is read.
 * @throws SHEET_FILE
 */
export async function readXml(bytes: Uint8Array, handlers: XmlHandlers): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, fragment: false });
  const fail = (cause?: unknown): never => {
    throw infraError('SHEET_FILE', {}, cause);
  };
  parser.on('doctype', () => fail());
  parser.on('error', (error) => fail(error));
  parser.on('opentag', ({ name, attributes }) =>
    handlers.open?.(local(name), attributes as Readonly<Record<string, string>>),
  );
  parser.on('text', (text) => handlers.text?.(text));
  parser.on('cdata', (text) => handlers.text?.(text));
  parser.on('closetag', ({ name }) => handlers.close?.(local(name)));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let at = 0; at < bytes.length; at += CHUNK) {
    parser.write(decoded(decoder, bytes.subarray(at, at + CHUNK)));
    await nextTurn();
  }
  parser.close();
}

function decoded(decoder: TextDecoder, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes, { stream: true });
  } catch (error) {
    throw infraError('SHEET_FILE', {}, error);
  }
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
