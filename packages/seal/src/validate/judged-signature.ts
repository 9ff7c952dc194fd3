import type { Certificate, DigestAlgorithm, SignerInfo } from '@hufu/pki';
import type { CheckBook } from './check-book.ts';
import type { SignedRange } from './check-format.ts';
import type { SignatureKind } from './model.ts';
import type { Container } from './read-container.ts';
import type { FoundSignature } from './signatures.ts';

/** What is known about one signature while it is being judged. */
export type JudgedSignature = {
  readonly found: FoundSignature;
  readonly book: CheckBook;
  readonly range: SignedRange | undefined;
  readonly container: Container | undefined;
  readonly kind: SignatureKind;
  readonly signer?: SignerInfo | undefined;
  readonly certificate?: Certificate | undefined;
  readonly digest?: DigestAlgorithm | undefined;
  readonly claimed?: number | undefined;
  readonly proven?:
    | { readonly at: number; readonly by: 'signature-time-stamp' | 'document-time-stamp' }
    | undefined;
  /** The value is right, whoever made it. */
  readonly genuine: boolean;
};
