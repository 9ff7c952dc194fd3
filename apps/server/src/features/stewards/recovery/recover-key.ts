import { toBase64Url } from '@hufu/kernel';
import { z } from 'zod';
import { withTransaction } from '../../../infra/database/database.ts';
import type { ReceivedFile } from '../../../infra/http/receive-file.ts';
import type { ApprovalKinds, Proposal } from '../../desk/index.ts';
import { showEntity } from '../entities/show-entity.ts';
import { stewardError } from '../errors.ts';
import type { StewardDeps } from '../ports.ts';
import { insertRecovery } from './recovery-store.ts';

type Asked = { readonly entityId: string; readonly keyId: string; readonly file: ReceivedFile | undefined };

/**
 * An entity has lost its primary key and asks for another one of its keys in its place, with a paper (OD-25).
 * @throws STEWARD_UNKNOWN_ENTITY, STEWARD_RECOVERY_KEY, STEWARD_RECOVERY_PROOF, and what is wrong with the file
 */
export async function recoveryProposal(
  deps: StewardDeps,
  { entityId, keyId, file }: Asked,
): Promise<Proposal> {
  const entity = await showEntity(deps.database.db, entityId);
  const key = entity.keys.find(({ id }) => id === keyId);
  const inForce = key?.state === 'SUBMITTED' && Date.parse(key.validTo) > deps.clock.now();
  if (key === undefined || !inForce || key.isPrimary || entity.mergedInto !== null) {
    throw stewardError('STEWARD_RECOVERY_KEY');
  }
  if (file === undefined) throw stewardError('STEWARD_RECOVERY_PROOF');
  const proof = { ...(await deps.takeFile(file)), name: file.name };
  const id = toBase64Url(deps.random(16));
  await withTransaction(deps.database, (tx) =>
    insertRecovery(tx, { id, entityId, keyId, proof }, new Date(deps.clock.now())),
  );
  const former = entity.keys.find(({ isPrimary }) => isPrimary);
  return {
    kind: 'KEY_PRIMARY',
    subject: entityId,
    subjectState: `${entityId}#primary-${former?.id ?? ''}`,
    summary: `重设主锁：${entity.name}${entity.uscc === null ? '' : `（${entity.uscc}）`}，证书${key.certKeyNo}`,
    changes: [{ field: 'primary', before: former?.certKeyNo ?? null, after: key.certKeyNo }],
    payload: { entityId, keyId, former: former?.id ?? null, proof },
  };
}

const Payload = z.object({
  entityId: z.string(),
  keyId: z.string(),
  former: z.string().nullable(),
  proof: z.object({ sha256: z.string(), name: z.string(), size: z.int(), mediaType: z.string() }),
});

/** What the second person's yes does; if the primary is another one by now, nothing. */
export const recoveryKinds = (deps: StewardDeps): ApprovalKinds => ({
  KEY_PRIMARY: {
    async apply(tx, { row, actor }) {
      const { entityId, keyId, former, proof } = Payload.parse(row.payload);
      const { keys } = await showEntity(tx, entityId);
      if ((keys.find(({ isPrimary }) => isPrimary)?.id ?? null) !== former) {
        throw stewardError('STEWARD_RECOVERY_KEY');
      }
      await deps.standing.recoverPrimary(tx, { entityId, keyId, reason: row.reason, proof, actor });
    },
  },
});
