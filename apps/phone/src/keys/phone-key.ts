import { phoneRoutes } from '@hufu/contracts';
import {
  ANSWERS,
  createPhoneKey,
  type HalfAnswer,
  type HalfOp,
  type PhoneKey,
  phoneKeyError,
  type SignedRequest,
  type VaultPort,
} from '@hufu/phone-key';
import { call } from '../api/client.ts';
import { deviceKey } from './device-key.ts';
import { halfStore } from './half-store.ts';
import { argonStretch } from './stretch.ts';

/** Every message through the server's relay. */
const relay: VaultPort = {
  async send<Op extends HalfOp>(op: Op, request: SignedRequest): Promise<HalfAnswer<Op>> {
    return readAnswer(op, await call(phoneRoutes.callVault, { params: { op }, body: request }));
  },
};

function readAnswer<Op extends HalfOp>(op: Op, answer: unknown): HalfAnswer<Op> {
  const checked = ANSWERS[op].safeParse(answer);
  if (!checked.success) throw phoneKeyError('PHONE_VAULT_ANSWER', { op });
  return checked.data as HalfAnswer<Op>;
}

/**
 * The engine of this device's keys.
 *
 * @param vault another way for some messages: a scan carries its own
 */
export async function openPhoneKey(vault: VaultPort = relay): Promise<PhoneKey> {
  return createPhoneKey({
    device: await deviceKey(),
    stretch: argonStretch,
    store: halfStore,
    vault,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  });
}

/** The relay, with one operation sent elsewhere. */
export function relayExcept(
  ops: readonly HalfOp[],
  send: (request: SignedRequest) => Promise<unknown>,
): VaultPort {
  return {
    send: async (op, request) =>
      ops.includes(op) ? readAnswer(op, await send(request)) : relay.send(op, request),
  };
}
