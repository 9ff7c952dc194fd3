import type { KeyInfo, KeyVault } from '../../../infra/vault/key-vault.ts';
import { SIGNING_ALGORITHMS, SIGNING_PURPOSE } from './signing-keys.ts';

const DAY = 86_400_000;
/** A key signs for 90 days; its successor is published a week before, its public half stays for a week after. */
export const KEY_LIFE = { signs: 90 * DAY, announced: 7 * DAY, remembered: 7 * DAY } as const;

export type KeyStep =
  | { readonly do: 'prepare' | 'rotate'; readonly algorithm: KeyInfo['algorithm'] }
  | { readonly do: 'remove'; readonly id: string };

/** What is due, by the keys' ages alone. */
export function dueSteps(keys: readonly KeyInfo[], now: number): KeyStep[] {
  const steps: KeyStep[] = [];
  for (const key of keys) {
    const age = now - key.changedAt;
    const { algorithm } = key;
    if (key.state === 'retired' && age >= KEY_LIFE.remembered) steps.push({ do: 'remove', id: key.id });
    if (key.state !== 'current') continue;
    if (age >= KEY_LIFE.signs) steps.push({ do: 'rotate', algorithm });
    else if (age >= KEY_LIFE.signs - KEY_LIFE.announced) steps.push({ do: 'prepare', algorithm });
  }
  return steps;
}

export async function rotateDueKeys(vault: KeyVault, now: number): Promise<void> {
  for (const step of dueSteps(vault.list(SIGNING_PURPOSE), now)) {
    if (step.do === 'remove') await vault.remove(step.id);
    else await vault[step.do](SIGNING_PURPOSE, step.algorithm);
  }
}

export async function ensureSigningKeys(vault: KeyVault): Promise<void> {
  for (const algorithm of SIGNING_ALGORITHMS) await vault.ensure(SIGNING_PURPOSE, algorithm);
}
