import type { EnterpriseChange } from '@hufu/contracts';
import type { z } from 'zod';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { Holder } from '../../access/index.ts';
import type { Asked, HubDeps } from '../deps.ts';
import { hubError } from '../errors.ts';
import { certificateById } from '../store/certificates.ts';
import { type EnterpriseRow, lockEnterprise, sealedPlace, updateEnterprise } from '../store/enterprises.ts';

type Change = z.output<typeof EnterpriseChange>;

/** What counts is the certificate's role now, inside the transaction. @throws HUB_PRIMARY_ONLY */
export async function requirePrimary(tx: Tx, holder: Holder): Promise<EnterpriseRow> {
  const enterprise = await lockEnterprise(tx, holder.enterpriseId);
  const certificate = await certificateById(tx, holder.certificateId);
  if (enterprise?.state !== 'BOUND' || certificate?.state !== 'BOUND') throw hubError('HUB_SESSION_REQUIRED');
  if (certificate.role !== 'PRIMARY') throw hubError('HUB_PRIMARY_ONLY');
  return enterprise;
}

/** 「保存信息」 (HUB-082, HUB-087). @throws HUB_PRIMARY_ONLY, HUB_VERSION_CONFLICT, HUB_CITY_UNKNOWN */
export async function changeProfile(
  deps: HubDeps,
  { holder, change, from }: { holder: Holder; change: Change } & Asked,
): Promise<void> {
  if (change.regCity !== undefined && !deps.cities.has(change.regCity)) {
    throw hubError('HUB_CITY_UNKNOWN', { field: 'regCity' });
  }
  await withTransaction(deps.database, async (tx) => {
    const before = await requirePrimary(tx, holder);
    const { id } = before;
    const at = new Date(deps.clock.now());
    const changes = columnsOf(deps, { change, id });
    if (!(await updateEnterprise(tx, { id, version: change.version, changes, at }))) {
      throw hubError('HUB_VERSION_CONFLICT', {
        version: before.version,
        changed: changedSince(deps, before, change),
      });
    }
    await deps.audit.record(tx, {
      actor: { kind: 'entity', id, certificate: holder.fingerprint },
      action: 'enterprise.change',
      subject: { kind: 'enterprise', id },
      before: { regCity: before.reg_city, roles: before.roles, version: before.version },
      after: {
        ...(change.regCity === undefined ? {} : { regCity: change.regCity }),
        ...(change.roles === undefined ? {} : { roles: change.roles }),
        // personal data: that it changed, not what it was or is
        changed: Object.keys(changes),
      },
      origin: from,
    });
  });
}

function columnsOf({ cipher }: Pick<HubDeps, 'cipher'>, { change, id }: { change: Change; id: string }) {
  const seal = (text: string, column: 'legal_rep' | 'phone' | 'address') =>
    cipher.seal(text, sealedPlace(column, id));
  return {
    ...(change.regCity === undefined ? {} : { reg_city: change.regCity }),
    ...(change.roles === undefined ? {} : { roles: [...new Set(change.roles)] }),
    ...(change.legalRep === undefined ? {} : { legal_rep_sealed: seal(change.legalRep, 'legal_rep') }),
    ...(change.phone === undefined ? {} : { phone_sealed: seal(change.phone, 'phone') }),
    ...(change.address === undefined ? {} : { address_sealed: seal(change.address, 'address') }),
  };
}

/** Which of the fields that the user wanted to set differ now from what they typed: names only. */
function changedSince({ cipher }: Pick<HubDeps, 'cipher'>, now: EnterpriseRow, change: Change): string[] {
  const open = (column: 'legal_rep' | 'phone' | 'address') =>
    cipher.open(now[`${column}_sealed`], sealedPlace(column, now.id));
  const current = {
    regCity: now.reg_city,
    legalRep: open('legal_rep'),
    phone: open('phone'),
    address: open('address'),
  };
  const texts = (['regCity', 'legalRep', 'phone', 'address'] as const).filter(
    (field) => change[field] !== undefined && change[field] !== current[field],
  );
  const rolesDiffer =
    change.roles !== undefined && change.roles.toSorted().join() !== now.roles.toSorted().join();
  return rolesDiffer ? [...texts, 'roles'] : texts;
}
