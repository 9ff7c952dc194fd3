import type { PhoneErrorCode } from '@hufu/contracts';
import type { HalfUsage } from '@hufu/phone-key';
import type { Executor } from '../../../infra/database/database.ts';
import {
  type CertificateRow,
  certificateFacts,
  certificatesSeenBy,
  stateAt,
} from '../certificates/certificate-store.ts';
import { standingOf } from '../certificates/standing.ts';
import type { PhoneDeps } from '../deps.ts';
import type { Usable, UseAsked } from '../face.ts';
import { halvesOfCertificates, type OwnedHalf, shownState } from '../halves/half-store.ts';
import { phoneTables } from '../tables.ts';
import { obstacleTo } from './may-use.ts';

const usageOf = ({ purpose }: Pick<UseAsked, 'purpose'>): HalfUsage =>
  purpose === 'decrypt' ? 'decrypt' : 'sign';

type Judged = {
  readonly problem: PhoneErrorCode | null;
  readonly half: OwnedHalf | undefined;
};

/** Asked anew at every use: what was taken away a moment ago counts (MOB-050). */
export async function judgeUse(
  deps: PhoneDeps,
  executor: Executor,
  { certificate, asked }: { readonly certificate: CertificateRow; readonly asked: UseAsked },
): Promise<Judged> {
  const { user } = asked;
  const usage = usageOf(asked);
  const half = (await halvesOfCertificates(executor, [certificate.id])).find(
    (one) => one.device_id === user.deviceId && one.usage === usage,
  );
  const entity =
    certificate.entity_id === null ? undefined : await deps.entity(executor, certificate.entity_id);
  const device =
    user.deviceId === null
      ? undefined
      : await phoneTables(executor)
          .selectFrom('phone_device')
          .select('id')
          .where('id', '=', user.deviceId)
          .where('user_id', '=', user.userId)
          .where('state', '=', 'ACTIVE')
          .executeTakeFirst();
  const problem = obstacleTo({
    purpose: asked.purpose,
    scope: asked.scope,
    standing: await standingOf(executor, certificate, user.userId),
    certificate: {
      kind: certificate.kind,
      state: stateAt(certificate, deps.clock.now()),
      entityId: certificate.entity_id,
    },
    entityFrozen: entity?.frozen ?? false,
    pageEntity: asked.entityId,
    hasDevice: device !== undefined,
    half: half && shownState(half),
  });
  return { problem, half };
}

export async function usableBy(deps: PhoneDeps, executor: Executor, asked: UseAsked): Promise<Usable[]> {
  const seen = await certificatesSeenBy(executor, asked.user.userId);
  const judged: Usable[] = [];
  for (const certificate of seen) {
    const { problem } = await judgeUse(deps, executor, { certificate, asked });
    judged.push({
      certificate: certificateFacts(deps.cipher, certificate, deps.clock.now()),
      problem,
    });
  }
  return judged;
}
