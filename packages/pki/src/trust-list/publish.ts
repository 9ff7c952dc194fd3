import { toHex } from '@hufu/kernel';
import type { CryptoEngine } from '../crypto-engine.ts';
import { type ListSigner, payloadOf, signPayload } from './jws.ts';
import type { TrustedAuthority, TrustList, TrustListMemory } from './model.ts';
import { authoritiesText, readPayload, writePayload } from './payload.ts';

export type Publication = {
  readonly list: Omit<TrustList, 'sequence' | 'previous'>;
  /** The document that this one follows; undefined for the first. */
  readonly after: TrustListMemory | undefined;
  readonly signers: readonly ListSigner[];
  readonly engine: Pick<CryptoEngine, 'digest'>;
};

export type PublishedTrustList = {
  readonly document: Uint8Array;
  readonly sequence: number;
  /** SHA-256 of the payload, hexadecimal: what the next one links to. */
  readonly hash: string;
  readonly previous: string | undefined;
};

/** Numbers, links and signs the next trust list. */
export async function publishTrustList(publication: Publication): Promise<PublishedTrustList> {
  const { after, engine } = publication;
  const sequence = (after?.sequence ?? 0) + 1;
  const previous = after?.hash;
  const payload = writePayload({ ...publication.list, sequence, previous });
  const document = await signPayload(payload, publication.signers);
  return { document, sequence, hash: toHex(engine.digest('sha256', payload)), previous };
}

/**
 * Whether one's own published document already says just this about these authorities. It proves nothing about who
 * signed it.
 */
export const holdsSameAuthorities = (
  document: Uint8Array,
  authorities: readonly TrustedAuthority[],
): boolean => authoritiesText(readPayload(payloadOf(document)).authorities) === authoritiesText(authorities);
