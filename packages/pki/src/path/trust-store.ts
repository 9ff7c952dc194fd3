import { equalBytes, toHex } from '@hufu/kernel';
import type { CryptoEngine } from '../crypto-engine.ts';
import type { Certificate, Name, SubjectPublicKeyInfo } from '../x509/model.ts';

/** Where trust begins: a name with a key, by configuration. A certificate's limits bind too when it has one (RFC 5937). */
export type TrustAnchor = {
  readonly name: Name;
  readonly key: SubjectPublicKeyInfo;
  readonly certificate: Certificate | undefined;
};

export const anchorFromCertificate = (certificate: Certificate): TrustAnchor => ({
  name: certificate.subject,
  key: certificate.spki,
  certificate,
});

export const anchorFromKey = (name: Name, key: SubjectPublicKeyInfo): TrustAnchor => ({
  name,
  key,
  certificate: undefined,
});

/** Who may have issued a certificate, the likeliest first. A signature still has to prove it. */
export type Issuers = {
  readonly anchors: readonly TrustAnchor[];
  readonly intermediates: readonly Certificate[];
};

/** Our own anchors and intermediates. The only source of trust: what a peer sends never gets in here. */
export type TrustStore = {
  issuersOf(certificate: Certificate): Issuers;
  /** Certificates of the store with this subject: who may have signed a revocation list in that name. */
  withSubject(name: Name): readonly Certificate[];
  isAnchor(certificate: Certificate): boolean;
  /** The same store that knows more intermediates. They add ways, never trust. */
  withIntermediates(certificates: readonly Certificate[]): TrustStore;
};

export type TrustStoreContent = {
  readonly anchors: readonly TrustAnchor[];
  readonly intermediates: readonly Certificate[];
  readonly engine: Pick<CryptoEngine, 'digest'>;
};

export function createTrustStore(content: TrustStoreContent): TrustStore {
  const { engine } = content;
  const anchors = indexBySubject(
    content.anchors.map((anchor) => entryOf(engine, anchor, { ...anchor, subject: anchor.name })),
  );
  const intermediates = indexBySubject(
    content.intermediates.map((certificate) =>
      entryOf(engine, certificate, { subject: certificate.subject, key: certificate.spki, certificate }),
    ),
  );
  const anchorCertificates = (name: Name): Certificate[] =>
    (anchors.get(name.key) ?? []).flatMap((entry) => entry.item.certificate ?? []);
  return {
    issuersOf: (certificate) => ({
      anchors: rank(anchors.get(certificate.issuer.key), certificate),
      intermediates: rank(intermediates.get(certificate.issuer.key), certificate),
    }),
    withSubject: (name) => [
      ...anchorCertificates(name),
      ...(intermediates.get(name.key) ?? []).map((entry) => entry.item),
    ],
    isAnchor: (certificate) =>
      anchorCertificates(certificate.subject).some((anchor) => equalBytes(anchor.der, certificate.der)),
    withIntermediates: (certificates) =>
      createTrustStore({ ...content, intermediates: [...content.intermediates, ...certificates] }),
  };
}

type Identity = {
  readonly subject: Name;
  readonly key: SubjectPublicKeyInfo;
  readonly certificate: Certificate | undefined;
};

type Entry<Item> = {
  readonly item: Item;
  readonly subject: Name;
  /** Key identifiers by which certificates may point here, hexadecimal. */
  readonly identifiers: ReadonlySet<string>;
  /** Whether it states its own identifier, so that another one is a contradiction. */
  readonly states: boolean;
};

function entryOf<Item>(engine: Pick<CryptoEngine, 'digest'>, item: Item, identity: Identity): Entry<Item> {
  const stated = identity.certificate?.subjectKeyIdentifier;
  // RFC 5280 §4.2.1.2 method (1): how authorities point at a key that does not state its identifier.
  const identifiers = new Set([toHex(engine.digest('sha1', identity.key.publicKey))]);
  if (stated) identifiers.add(toHex(stated));
  return { item, subject: identity.subject, identifiers, states: stated !== undefined };
}

function indexBySubject<Item>(entries: readonly Entry<Item>[]): Map<string, Entry<Item>[]> {
  const index = new Map<string, Entry<Item>[]>();
  for (const entry of entries) {
    const list = index.get(entry.subject.key);
    if (list) list.push(entry);
    else index.set(entry.subject.key, [entry]);
  }
  return index;
}

/**
 * Issuers to which the authority key identifier points come first. One that states another identifier is out, however
 * much the names agree; one that states none is tried last. Without a pointer the key alone has to prove itself.
 */
function rank<Item>(entries: readonly Entry<Item>[] = [], certificate: Certificate): Item[] {
  if (certificate.authorityKeyIdentifier === undefined) return entries.map((entry) => entry.item);
  const pointer = toHex(certificate.authorityKeyIdentifier);
  const named = entries.filter((entry) => entry.identifiers.has(pointer));
  const silent = entries.filter((entry) => !entry.identifiers.has(pointer) && !entry.states);
  return [...named, ...silent].map((entry) => entry.item);
}
