import { type SaxesAttributeNS, SaxesParser } from 'saxes';
import { sealError } from '../errors.ts';
import type { OfdLimits } from './limits.ts';

/** An element of the OFD name space. Elements of other name spaces are left out with all that they hold. */
export type XmlElement = {
  /** Local name. */
  readonly name: string;
  /** Attributes without a name space. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The element's own text, trimmed. */
  readonly text: string;
};

type Open = { name: string; attributes: Map<string, string>; children: Open[]; text: string };

const NAME_SPACE = /^http:\/\/www\.ofdspec\.org(?:\/\d{4})?\/?$/;

const refused = (): Error => sealError('OFD_XML');

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw sealError('OFD_XML', {}, cause);
  }
}

const plainAttributes = (attributes: Readonly<Record<string, SaxesAttributeNS>>): Map<string, string> =>
  new Map(
    Object.values(attributes)
      .filter(({ uri, prefix }) => uri === '' && prefix === '')
      .map(({ local, value }) => [local, value]),
  );

/** Ends the reading early, once all that is wanted has been seen. */
class Enough extends Error {}

type ReadXmlOptions = {
  readonly limits: OfdLimits;
  /** Local name of the root element. */
  readonly root: string;
  /** Local name of a child of the root before which reading ends; what follows is not even checked. */
  readonly until?: string;
};

/**
 * Reads a structural XML file of an OFD document: UTF-8, well-formed, no document type (so no entities), bounded in
 * length, depth and number of elements. @throws OFD_XML, OFD_LIMIT
 */
export function readXml(bytes: Uint8Array, options: ReadXmlOptions): XmlElement {
  const { limits, root, until } = options;
  if (bytes.length > limits.xmlBytes) throw sealError('OFD_LIMIT', { limit: 'xmlBytes' });
  const parser = new SaxesParser({ xmlns: true });
  const stack: Open[] = [];
  let result: Open | undefined;
  let elements = 0;
  let foreignDepth = 0;
  parser.on('error', () => {
    throw refused();
  });
  parser.on('doctype', () => {
    throw refused();
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') throw refused();
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    elements++;
    if (elements > limits.xmlElements || stack.length + foreignDepth >= limits.xmlDepth) {
      throw sealError('OFD_LIMIT', { limit: 'xmlElements' });
    }
    if (foreignDepth > 0 || !NAME_SPACE.test(uri)) {
      foreignDepth++;
      return;
    }
    if (stack.length === 1 && local === until) throw new Enough();
    const element: Open = { name: local, attributes: plainAttributes(attributes), children: [], text: '' };
    stack.at(-1)?.children.push(element);
    stack.push(element);
    result ??= element;
  });
  parser.on('closetag', () => {
    if (foreignDepth > 0) foreignDepth--;
    else {
      const closed = stack.pop();
      if (closed) closed.text = closed.text.trim();
    }
  });
  const addText = (text: string): void => {
    const open = stack.at(-1);
    if (open && foreignDepth === 0) open.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  try {
    parser.write(decode(bytes)).close();
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  if (result === undefined || result.name !== root) throw refused();
  return result;
}

export const childrenNamed = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name);

/** The only child of this name; two of them are ambiguous. @throws OFD_XML */
export function onlyChild(element: XmlElement, name: string): XmlElement | undefined {
  const [first, second] = childrenNamed(element, name);
  if (second !== undefined) throw refused();
  return first;
}

/** Text of the only child of this name. @throws OFD_XML */
export const childText = (element: XmlElement, name: string): string | undefined =>
  onlyChild(element, name)?.text;
