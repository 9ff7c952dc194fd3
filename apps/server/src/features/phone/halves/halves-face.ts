import type { PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import type { Halves } from '../face.ts';
import { halfFacts, halvesByIds } from './half-store.ts';

export const createHalves = (deps: PhoneDeps): Halves => ({
  ready: deps.halves !== undefined,
  async own(executor, { user, ids }) {
    if (deps.halves === undefined) throw phoneError('PHONE_VAULT_ABSENT');
    const found = await halvesByIds(executor, ids);
    const isOwn =
      found.length === new Set(ids).size && found.every((half) => half.device_id === user.deviceId);
    if (!isOwn) throw phoneError('PHONE_HALF_FOREIGN');
    return found.map(halfFacts);
  },
});
