import { sm2Products } from '@hufu/gm';
import { askVault } from './ask-vault.ts';
import { decryptAll, rewrapAll } from './decrypt-all.ts';
import { enrol, freshSetting } from './enrol.ts';
import type { PhoneKey } from './phone-key.ts';
import { stretched } from './pin.ts';
import type { PhoneKeyDeps } from './ports.ts';
import { renew } from './renew.ts';
import { accept, offer } from './share.ts';
import { signAll } from './sign-all.ts';
import { heldRecord } from './use-half.ts';

export function createPhoneKey(deps: PhoneKeyDeps): PhoneKey {
  // Made ready while the PIN is typed, and not after.
  sm2Products();
  return {
    enrol: (options) => enrol(deps, options),
    newSetting: () => freshSetting(deps),
    stretchPin: (pin, setting) => stretched(pin, setting, deps.stretch),
    async settingOf(halfId) {
      const { salt, cost } = await heldRecord(deps, halfId);
      return { salt, cost };
    },
    signAll: (use) => signAll(deps, use),
    decryptAll: (use) => decryptAll(deps, use),
    rewrap: (use) => rewrapAll(deps, use),
    refresh: (opening) => renew(deps, opening),
    changePin: (opening) => renew(deps, opening),
    offer: (opening) => offer(deps, opening),
    accept: (options) => accept(deps, options),
    async forget(halfId) {
      await askVault(deps, { op: 'destroy', halfId });
      await deps.store.remove(halfId);
    },
  };
}
