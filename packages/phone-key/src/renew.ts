import { refreshContribution, refreshDevice } from '@hufu/gm';
import { fromBase64, toBase64 } from '@hufu/kernel';
import { askVault } from './ask-vault.ts';
import type { Opening, PinEntry } from './phone-key.ts';
import { pinKeyOf, stretched } from './pin.ts';
import type { PhoneKeyDeps } from './ports.ts';
import { sealHalf } from './seal-half.ts';
import { type Preparation, useHalf } from './use-half.ts';

/**
 * New halves of the same key under the same or a new PIN. Both sides keep the epoch before until the device has
 * stored the new one and said so: breaking off anywhere loses nothing.
 */
export async function renew(
  deps: PhoneKeyDeps,
  opening: Opening & { readonly newPin?: PinEntry },
): Promise<void> {
  const device = refreshContribution(deps.random);
  let newStretched: Uint8Array = new Uint8Array();
  const prepare = async ({ record, stretched: current }: Preparation) => {
    newStretched =
      opening.newPin === undefined ? current : await stretched(opening.newPin, record, deps.stretch);
    return {
      op: 'renew' as const,
      contribution: toBase64(device),
      newPinKey: toBase64(pinKeyOf(newStretched, record.context)),
    };
  };
  await useHalf<'renew', void>(deps, { ...opening, prepare }, async ({ record, half, answer }) => {
    const renewed = refreshDevice(half, { device, vault: fromBase64(answer.contribution) });
    const wrap = {
      stretched: newStretched,
      share: fromBase64(answer.newShare),
      context: record.context,
      epoch: answer.newEpoch,
    };
    const pending = sealHalf(renewed, wrap, deps.random);
    renewed.secret.fill(0);
    const current = record.epochs.filter(({ epoch }) => epoch === answer.epoch);
    await deps.store.put({ ...record, epochs: [...current, pending] });
    await askVault(deps, { op: 'confirm', halfId: record.halfId, epoch: answer.newEpoch });
    await deps.store.put({ ...record, epochs: [pending] });
  });
}
