import {
  ANSWERS,
  type HalfAnswer,
  type HalfOp,
  type HalfStatus,
  halfStatusSchema,
  type SignedRequest,
} from '@hufu/phone-key';
import { z } from 'zod';
import type { SignerClient } from './signer-client.ts';

/**
 * The vault's halves of phones' keys. The server relays what a device has signed, and may stop a half; it can use
 * none.
 */
export type Halves = {
  /** Relays one message of a device. @throws PHONE_*, GM_TWO_PARTY_*, VAULT_UNAVAILABLE */
  relay<Op extends HalfOp>(op: Op, request: SignedRequest): Promise<HalfAnswer<Op>>;
  /** Those of the named halves that exist: at most 500. */
  statuses(halfIds: readonly string[]): Promise<HalfStatus[]>;
  /** Refuses every use until it is released. @throws PHONE_HALF_UNKNOWN */
  hold(halfId: string): Promise<HalfStatus>;
  /** @throws PHONE_HALF_UNKNOWN */
  release(halfId: string): Promise<HalfStatus>;
  /** For ever; done again, it is done already. */
  destroy(halfId: string): Promise<void>;
};

const Statuses = z.object({ halves: z.array(halfStatusSchema) });
const Done = z.object({});

export const remoteHalves = (client: SignerClient): Halves => ({
  relay: async <Op extends HalfOp>(op: Op, request: SignedRequest) =>
    (await client.ask(`/v1/halves/ops/${op}`, ANSWERS[op], request)) as HalfAnswer<Op>,
  statuses: async (halfIds) => (await client.ask('/v1/halves/status', Statuses, { halfIds })).halves,
  hold: (halfId) => client.ask('/v1/halves/hold', halfStatusSchema, { halfId }),
  release: (halfId) => client.ask('/v1/halves/release', halfStatusSchema, { halfId }),
  async destroy(halfId) {
    await client.ask('/v1/halves/destroy', Done, { halfId });
  },
});
