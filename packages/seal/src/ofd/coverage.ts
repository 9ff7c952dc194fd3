import { foldName } from './zip-name.ts';

export type CoverageQuestion = {
  /** All files of the container. */
  readonly names: readonly string[];
  /** Files that the signature's references protect. */
  readonly protectedNames: ReadonlySet<string>;
  /** Signature.xml and the signed value, which the signature protects by itself. */
  readonly ownNames: ReadonlySet<string>;
  /** Files that belong to signing: the lists of signatures, and every signature's own files. */
  readonly signingNames: ReadonlySet<string>;
};

export type Coverage = {
  /** Content that someone may have put in, or may change, without breaking this signature. */
  readonly unprotected: readonly string[];
  /** Files of the signing itself that stay open so that others can sign too. */
  readonly openForSigning: readonly string[];
};

/** What a signature does not protect. Adding a further signature is no change of the content (GB/T 33190 §18.1). */
export function coverageOf(question: CoverageQuestion): Coverage {
  const { names, protectedNames, ownNames, signingNames } = question;
  const open = names.filter((name) => !protectedNames.has(name) && !ownNames.has(name));
  const folded = new Set([...signingNames].map(foldName));
  return {
    unprotected: open.filter((name) => !folded.has(foldName(name))),
    openForSigning: open.filter((name) => folded.has(foldName(name))),
  };
}
