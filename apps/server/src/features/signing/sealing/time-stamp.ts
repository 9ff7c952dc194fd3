import type { TrustAnchor } from '@hufu/pki';
import type { FastifyBaseLogger } from 'fastify';

/** A time-stamp service (RFC 3161) as another feature opens it. */
export type StampService = {
  readonly driver: { stamp(content: Uint8Array): Promise<{ readonly token: Uint8Array }> };
  readonly anchors: readonly TrustAnchor[];
};

export type TimeStamper = {
  /** Whom to trust for its tokens. */
  readonly anchors: readonly TrustAnchor[];
  /** TimeStampToken over a signature value, DER; undefined when the service cannot be had: the seal is made without. */
  stamp(signature: Uint8Array): Promise<Uint8Array | undefined>;
};

const TRIES = 2;

/** A holder who has entered the PIN is not made to do it again because a third party is away; the level tells. */
export const timeStamper = ({ driver, anchors }: StampService, log: FastifyBaseLogger): TimeStamper => ({
  anchors,
  async stamp(signature) {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      try {
        return (await driver.stamp(signature)).token;
      } catch (error) {
        log.warn({ err: error, attempt }, 'signing: no time stamp');
      }
    }
    return undefined;
  },
});
