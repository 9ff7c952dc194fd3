import { buffer } from 'node:stream/consumers';
import type { SealKind } from '@hufu/contracts';
import { buildSeal } from '@hufu/seal';
import type { AuditActor } from '../../../infra/audit/audit.ts';
import type { Tx } from '../../../infra/database/database.ts';
import type { SigningDeps } from '../deps.ts';
import { signingError } from '../errors.ts';
import { sealingKeys, sealNamePlace } from './apply-seal.ts';
import { changeSeal } from './change-seal.ts';
import { lockLiveSeal, type SealRow, sealById } from './seal-store.ts';

/** SES_ESPropertyInfo.type of GB/T 38540: 1 a unit's seal, 2 a person's. */
const PROPERTY_TYPE: Readonly<Record<SealKind, number>> = { ENTERPRISE: 1, LEGAL_REPRESENTATIVE: 2 };

/** SES_Header.Vid. */
const VENDOR = 'HUFU';

export type SealIssue = { readonly id: string; readonly version: number; readonly actor: AuditActor };

/**
 * Makes the seal by GB/T 38540-2020 and puts it in force; the one that it replaces ends in the same moment.
 * @throws SEAL_STALE, SEAL_STATE, SEAL_CERTIFICATE, SEAL_FROZEN, SEAL_MAKER_MISSING
 */
export async function issueSeal(deps: SigningDeps, tx: Tx, { id, version, actor }: SealIssue): Promise<void> {
  const applied = await sealById(tx, id);
  if (applied === undefined) throw signingError('SEAL_UNKNOWN');
  const maker = await deps.maker.current(tx);
  const keys = await keysOf(deps, tx, applied);
  await endFormer(deps, tx, { applied, actor });
  await changeSeal(deps, tx, {
    id,
    event: 'issue',
    facts: { certificatesBound: keys.length > 0 },
    actor,
    version,
    also: async (row) => {
      const now = deps.clock.now();
      const until = Math.min(maker.certificate.notAfter, ...keys.map(({ validTo }) => validTo.getTime()));
      const { stream } = await deps.attachments.open(row.picture_sha256);
      const seal = await buildSeal(
        {
          vendor: VENDOR,
          id: row.number,
          property: {
            type: PROPERTY_TYPE[row.kind],
            name: sealTitle(deps, row),
            signers: { kind: 'certificates', certificates: keys.map(({ der }) => der) },
            createdAt: now,
            validFrom: now,
            validTo: until,
          },
          picture: {
            type: 'PNG',
            data: new Uint8Array(await buffer(stream)),
            width: row.width_mm,
            height: row.height_mm,
          },
          makerCertificate: maker.certificate.der,
        },
        maker.signer,
      );
      return { seal, valid_from: new Date(now), valid_to: new Date(until), maker_id: maker.id };
    },
  });
}

/** All that were asked for, or none: a seal for fewer keys would not be what was approved. */
async function keysOf(deps: SigningDeps, tx: Tx, row: SealRow) {
  const able = await sealingKeys(deps, tx, row.enterprise_id);
  const keys = able.filter((key) => row.fingerprints.includes(key.fingerprint));
  if (keys.length !== row.fingerprints.length) throw signingError('SEAL_CERTIFICATE');
  return keys;
}

async function endFormer(
  deps: SigningDeps,
  tx: Tx,
  { applied, actor }: { readonly applied: SealRow; readonly actor: AuditActor },
): Promise<void> {
  const { enterprise_id: enterpriseId, kind, word } = applied;
  const former = await lockLiveSeal(tx, { enterpriseId, kind, word });
  if (former === undefined) return;
  if (former.state === 'FROZEN') throw signingError('SEAL_FROZEN');
  await changeSeal(deps, tx, { id: former.id, event: 'replace', actor });
}

/** Name of the seal as software shows it. */
export function sealTitle({ cipher }: Pick<SigningDeps, 'cipher'>, row: SealRow): string {
  const name = cipher.open(row.name_sealed, sealNamePlace(row.id));
  const mark = row.sample ? '（样章）' : '';
  return `${name}${row.word === '' ? '' : ` ${row.word}`}${mark}`;
}
