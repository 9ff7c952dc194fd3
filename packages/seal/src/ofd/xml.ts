import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import { sealError } from '../errors.ts';
import type { OfdPackage } from './package.ts';

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

const plainAttributes = (attributes: Readonly<Record<string, SaxesAttributeNS>>): Map<string, string> =>
  new Map(
    Object.values(attributes)
      .filter(({ uri, prefix }) => uri === '' && prefix === '')
      .map(({ local, value }) => [local, value]),
  );

/** Ends the reading early, once all that is wanted has been seen. */
class Enough extends Error {}

type ReadXmlOptions = {
  /** Whose limits hold, and whose allowance is used up. */
  readonly pack: Pick<OfdPackage, 'limits' | 'spendXml'>;
  /** Local name of the root element. */
  readonly root: string;
  /** Local name of a child of the root before which reading ends; what follows is not even checked. */
  readonly until?: string;
};

type Collector = {
  open(tag: SaxesTagNS): void;
  close(): void;
  text(text: string): void;
  readonly result: Open | undefined;
};

/** Builds the tree of elements of our name space, within the limits. */
function collector({ pack, until }: ReadXmlOptions): Collector {
  const { xmlElements, xmlDepth } = pack.limits;
  const stack: Open[] = [];
  let result: Open | undefined;
  let elements = 0;
  let foreignDepth = 0;
  return {
    open({ local, uri, attributes }) {
      elements++;
      if (elements > xmlElements || stack.length + foreignDepth >= xmlDepth) {
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
    },
    close() {
      if (foreignDepth > 0) {
        foreignDepth--;
        return;
      }
      const closed = stack.pop();
      if (closed) closed.text = closed.text.trim();
    },
    text(text) {
      const open = stack.at(-1);
      if (open && foreignDepth === 0) open.text += text;
    },
    get result() {
      return result;
    },
  };
}

function newParser(into: Collector): SaxesParser<{ xmlns: true }> {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', () => {
    throw refused();
  });
  parser.on('doctype', () => {
    throw refused();
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') throw refused();
  });
  parser.on('opentag', into.open);
  parser.on('closetag', into.close);
  parser.on('text', into.text);
  parser.on('cdata', into.text);
  return parser;
}

const SLICE = 1 << 15;

/** Slices, so that reading which ends early costs only what was read. */
function feed(parser: SaxesParser<{ xmlns: true }>, bytes: Uint8Array, { pack }: ReadXmlOptions): void {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (slice: Uint8Array, stream: boolean): string => {
    try {
      return decoder.decode(slice, { stream });
    } catch (cause) {
      throw sealError('OFD_XML', {}, cause);
    }
  };
  for (let at = 0; at < bytes.length; at += SLICE) {
    const slice = bytes.subarray(at, at + SLICE);
    if (at + slice.length > pack.limits.xmlBytes) throw sealError('OFD_LIMIT', { limit: 'xmlBytes' });
    pack.spendXml(slice.length);
    parser.write(decode(slice, at + SLICE < bytes.length));
  }
  parser.close();
}

/**
 * Reads a structural XML file of an OFD document: UTF-8, well-formed, no document type (so no entities), bounded in
 * length, depth and number of elements. @throws OFD_XML, OFD_LIMIT
 */
export function readXml(bytes: Uint8Array, options: ReadXmlOptions): XmlElement {
  const tree = collector(options);
  try {
    feed(newParser(tree), bytes, options);
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  const { result } = tree;
  if (result === undefined || result.name !== options.root) throw refused();
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
