import { sealError } from '../errors.ts';
import { type OfdBox, parseBox } from './box.ts';
import { resolveLocation } from './location.ts';
import type { OfdPackage } from './package.ts';
import { childrenNamed, childText, onlyChild, readXml, type XmlElement } from './xml.ts';

export type OfdPage = {
  /** ID by which stamps point at the page. */
  readonly id: string;
  /** From 0, in reading order. */
  readonly index: number;
  /** Stored name of its Content.xml. */
  readonly path: string;
  /** Physical box; undefined when none is stated. */
  readonly box: OfdBox | undefined;
};

export type OfdDocument = {
  readonly id: string | undefined;
  /** Stored name of its Document.xml. */
  readonly path: string;
  readonly pages: readonly OfdPage[];
  /** Stored name of its Signatures.xml; undefined when it states none. */
  readonly signatureList: string | undefined;
};

export const ROOT_FILE = 'OFD.xml';

/** Stored name behind an ST_Loc. @throws OFD_STRUCTURE when there is no such file */
export function locate(pack: OfdPackage, location: string | undefined, from: string): string {
  const name = location === undefined ? undefined : resolveLocation(location, from);
  const stored = name === undefined ? undefined : pack.resolve(name);
  if (stored === undefined) throw sealError('OFD_STRUCTURE');
  return stored;
}

const boxOf = (area: XmlElement | undefined): OfdBox | undefined =>
  area && parseBox(childText(area, 'PhysicalBox'));

/** CT_PageArea of the page itself comes before its content, which may be large and is not looked at. */
function ownBox(pack: OfdPackage, path: string): OfdBox | undefined {
  const page = readXml(pack.read(path), { pack, root: 'Page', until: 'Content' });
  return boxOf(onlyChild(page, 'Area'));
}

function readPages(pack: OfdPackage, document: XmlElement, from: string): OfdPage[] {
  const list = onlyChild(document, 'Pages');
  const elements = list === undefined ? [] : childrenNamed(list, 'Page');
  if (elements.length > pack.limits.pages) throw sealError('OFD_LIMIT', { limit: 'pages' });
  const common = onlyChild(document, 'CommonData');
  const usual = boxOf(common && onlyChild(common, 'PageArea'));
  const pages = elements.map((element, index) => {
    const id = element.attributes.get('ID');
    if (id === undefined) throw sealError('OFD_STRUCTURE');
    return { id, index, path: locate(pack, element.attributes.get('BaseLoc'), from) };
  });
  // One page twice would be an easy way to make a reader work for nothing.
  const distinct = [new Set(pages.map(({ id }) => id)), new Set(pages.map(({ path }) => path))];
  if (distinct.some(({ size }) => size !== pages.length)) throw sealError('OFD_STRUCTURE');
  return pages.map((page) => ({ ...page, box: ownBox(pack, page.path) ?? usual }));
}

function readBody(pack: OfdPackage, body: XmlElement): OfdDocument {
  const info = onlyChild(body, 'DocInfo');
  const path = locate(pack, childText(body, 'DocRoot'), ROOT_FILE);
  const document = readXml(pack.read(path), { pack, root: 'Document' });
  const signatures = childText(body, 'Signatures');
  return {
    id: info && childText(info, 'DocID'),
    path,
    pages: readPages(pack, document, path),
    signatureList: signatures === undefined ? undefined : locate(pack, signatures, ROOT_FILE),
  };
}

/**
 * The documents of the container (GB/T 33190 §7.4, §7.5), usually one.
 * @throws OFD_STRUCTURE, OFD_XML, OFD_ZIP, OFD_LIMIT
 */
export function readDocuments(pack: OfdPackage): OfdDocument[] {
  // The entry file has this one name: a reader that looked in another case would be looking at another file.
  const root = readXml(pack.read(ROOT_FILE), { pack, root: 'OFD' });
  const bodies = childrenNamed(root, 'DocBody');
  if (bodies.length === 0) throw sealError('OFD_STRUCTURE');
  return bodies.map((body) => readBody(pack, body));
}
