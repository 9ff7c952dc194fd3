import { toBase64, utf8 } from '@hufu/kernel';
import { phoneKeyError } from './errors.ts';
import { ANSWERS, type HalfAnswer, type HalfOp, type HalfRequest } from './messages.ts';
import type { DeviceKey, VaultPort } from './ports.ts';
import { signedBytes } from './request.ts';

export type Asker = { readonly device: DeviceKey; readonly vault: VaultPort };

/**
 * Signs a request, sends it, and reads the answer as what hostile input is.
 *
 * @throws PHONE_VAULT_ANSWER, and whatever the vault refuses with
 */
export async function askVault<Op extends HalfOp>(
  { device, vault }: Asker,
  request: HalfRequest<Op> & { readonly op: Op },
): Promise<HalfAnswer<Op>> {
  const body = JSON.stringify(request);
  const signature = toBase64(await device.sign(signedBytes(body)));
  const answer = await vault.send(request.op, { body, signature });
  const checked = ANSWERS[request.op].safeParse(answer);
  if (!checked.success) throw phoneKeyError('PHONE_VAULT_ANSWER', { op: request.op });
  return checked.data as HalfAnswer<Op>;
}

export const deviceText = (device: DeviceKey): string => toBase64(device.signingKey);

/** What the PIN of a half that was handed over is bound to. */
export const handedContext = (halfId: string): Uint8Array => utf8(`half:${halfId}`);
