import { concatBytes, utf8 } from '@hufu/kernel';
import { phoneKeyError } from './errors.ts';
import { type HalfOp, type HalfRequest, REQUESTS } from './messages.ts';

const PREFIX = utf8('HUFU-HALF-V1\n');

/** What a device signs of a request's body. */
export const signedBytes = (body: string): Uint8Array => concatBytes(PREFIX, utf8(body));

/**
 * Reads a request's body; the signature is the caller's to check, with the device key that the half belongs to.
 *
 * @throws PHONE_REQUEST_INVALID
 */
export function parseRequest<Op extends HalfOp>(op: Op, body: string): HalfRequest<Op> {
  const checked = REQUESTS[op].safeParse(parseJson(body));
  if (!checked.success) throw phoneKeyError('PHONE_REQUEST_INVALID', { op });
  return checked.data as HalfRequest<Op>;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw phoneKeyError('PHONE_REQUEST_INVALID', {}, cause);
  }
}
