import type { Executor } from '../../../infra/database/database.ts';
import type { PhoneDeps } from '../deps.ts';
import type { Certificates } from '../face.ts';
import { usableBy } from '../uses/usable.ts';
import { certificateBy, certificateFacts } from './certificate-store.ts';
import { changeState } from './change-state.ts';
import { keepCertificate } from './keep.ts';
import { standingOf } from './standing.ts';

export function createCertificates(deps: PhoneDeps): Certificates {
  const find = async (executor: Executor, key: 'id' | 'fingerprint' | 'order_id', value: string) => {
    const row = await certificateBy(executor, key, value);
    return row && certificateFacts(deps.cipher, row, deps.clock.now());
  };
  return {
    keep: (tx, keeping) => keepCertificate(deps, tx, keeping),
    byId: (executor, id) => find(executor, 'id', id),
    byFingerprint: (executor, fingerprint) => find(executor, 'fingerprint', fingerprint),
    ofOrder: (executor, orderId) => find(executor, 'order_id', orderId),
    stateChanged: (tx, change) => changeState(deps, tx, change),
    async administers(executor, { id, userId }) {
      const row = await certificateBy(executor, 'id', id);
      return row !== undefined && (await standingOf(executor, row, userId)).kind === 'HOLDER';
    },
    usableBy: (executor, asked) => usableBy(deps, executor, asked),
  };
}
