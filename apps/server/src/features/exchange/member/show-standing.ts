import type { PlatformStanding } from '@hufu/contracts';
import type { ExchangeDeps } from '../deps.ts';
import { TOLD_KINDS } from '../feed/follow-feed.ts';
import { approvalsOf, recognitionsOf } from '../filing/approval-store.ts';
import { mirrorsOf } from '../mirror/pull-store.ts';
import { registrationOf } from '../registration/registration-store.ts';
import { consentsOf } from '../use/consent-store.ts';

/** What each joined platform has of an entity, and on what terms: nothing of it is hidden from the entity. */
export async function showStanding(deps: ExchangeDeps, entityId: string): Promise<PlatformStanding[]> {
  const { db } = deps.database;
  const platforms = (await deps.platforms.all()).filter(({ joined, group }) => joined && group !== 'LIBRARY');
  const names = new Map(platforms.map(({ code, name }) => [code, name]));
  const [active, consents, mirrors, approvals, recognitions, libVersion] = await Promise.all([
    deps.activations.platformsOf(db, entityId),
    consentsOf(db, entityId),
    mirrorsOf(db, entityId),
    approvalsOf(db, entityId),
    recognitionsOf(db, entityId),
    deps.changes.count(db, { entityId, kinds: TOLD_KINDS }),
  ]);
  return Promise.all(
    platforms.map(async ({ code, name, filingMode }) => {
      const mirror = mirrors.get(code);
      const approval = approvals.find(({ platform_code }) => platform_code === code);
      const recognition = recognitions.find(({ platform_code }) => platform_code === code);
      const basis = approvals.find(({ id }) => id === recognition?.approval_id);
      const { recognises } = await registrationOf(db, code);
      return {
        code,
        name,
        filingMode,
        activated: active.has(code),
        consent: consents.has(code),
        mirror: mirror
          ? {
              libVersion: mirror.libVersion,
              syncedAt: mirror.syncedAt.toISOString(),
              current: mirror.libVersion === libVersion,
              complete: mirror.complete,
              gaps: mirror.gaps,
            }
          : null,
        approval: approval
          ? {
              version: approval.version,
              decidedAt: approval.decided_at.toISOString(),
              withdrawn: approval.withdrawn_at !== null,
            }
          : null,
        recognition:
          recognition && basis
            ? {
                approvedBy: names.get(basis.platform_code) ?? basis.platform_code,
                version: basis.version,
                recognisedAt: recognition.recognised_at.toISOString(),
                withdrawn: recognition.withdrawn_at !== null,
              }
            : null,
        recognises: recognises.map((other) => names.get(other) ?? other),
      };
    }),
  );
}
