import { equalBytes } from '@hufu/kernel';
import { type CryptoEngine, type DigestAlgorithm, digestOfOid } from '@hufu/pki';
import { ROOT_FILE } from './document.ts';
import { resolveLocation } from './location.ts';
import type { OfdPackage } from './package.ts';
import type { OfdReference } from './signature-file.ts';

export type OfdReferenceStatus = {
  /** Stored name of the file, or the location as written when there is none. */
  readonly path: string;
  readonly status: 'unchanged' | 'changed' | 'missing';
};

// GB/T 33190 §18.2.2 names digests by word; producers also write OIDs. MD5 and SHA-1 are refused (OD-36).
const BY_WORD: ReadonlyMap<string, DigestAlgorithm> = new Map([
  ['SM3', 'sm3'],
  ['SHA256', 'sha256'],
  ['SHA384', 'sha384'],
  ['SHA512', 'sha512'],
]);

/** The digest that a CheckMethod means, or undefined when it is unknown or too weak to be relied on. */
export function referenceDigest(checkMethod: string): DigestAlgorithm | undefined {
  const byOid = digestOfOid(checkMethod.trim());
  const digest = byOid ?? BY_WORD.get(checkMethod.trim().toUpperCase().replaceAll('-', ''));
  return digest === 'sha1' ? undefined : digest;
}

/** Digests of a container's files, each computed once however many signatures ask. */
export function digestCache(pack: OfdPackage, engine: CryptoEngine) {
  const known = new Map<string, Uint8Array>();
  return (name: string, algorithm: DigestAlgorithm): Uint8Array => {
    const key = `${algorithm} ${name}`;
    const digest = known.get(key) ?? engine.digest(algorithm, pack.read(name));
    known.set(key, digest);
    return digest;
  };
}

export type DigestOf = ReturnType<typeof digestCache>;

/** Compares every reference of a signature with the file in the container. @throws OFD_ZIP when a file is damaged */
export function checkReferences(
  references: readonly OfdReference[],
  algorithm: DigestAlgorithm,
  { pack, digestOf }: { readonly pack: OfdPackage; readonly digestOf: DigestOf },
): OfdReferenceStatus[] {
  return references.map(({ location, digest }) => {
    const name = resolveLocation(location, ROOT_FILE);
    const path = name === undefined ? undefined : pack.resolve(name);
    if (path === undefined) return { path: location, status: 'missing' };
    const same = equalBytes(digestOf(path, algorithm), digest);
    return { path, status: same ? 'unchanged' : 'changed' };
  });
}
