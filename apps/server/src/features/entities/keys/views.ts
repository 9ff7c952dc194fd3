import type { LibraryKey, LibraryKeyVersion } from '@hufu/contracts';
import { maskIdNumber, maskPhone } from '@hufu/kernel';
import type { Member } from '../../access/index.ts';
import type { EntityDeps } from '../deps.ts';
import { keyExpiry } from '../views.ts';
import { type KeyRow, type KeyVersionRow, openUser } from './key-store.ts';

type ViewDeps = Pick<EntityDeps, 'cipher' | 'clock'>;

/** A row as this caller may see it: other people's telephone and ID numbers are the primary's business alone. */
export function keyView(deps: ViewDeps, row: KeyRow, member: Member): LibraryKey {
  const own = row.id === member.keyId;
  const user = openUser(deps.cipher, row.id, row.user_sealed);
  const open = own || member.standing === 'PRIMARY';
  return {
    id: row.id,
    certType: row.cert_type,
    serialNo: row.serial_number,
    mediaNo: row.media_no,
    validFrom: row.valid_from.toISOString(),
    validTo: row.valid_to.toISOString(),
    issuer: row.issuer_name,
    authorityName: row.authority_name,
    certKeyNo: row.cert_key_no,
    fingerprint: row.fingerprint,
    algorithm: row.algorithm,
    holderName: user.holderName,
    holderPhone: open ? user.holderPhone : maskPhone(user.holderPhone),
    holderIdNo: user.holderIdNo && (open ? user.holderIdNo : maskIdNumber(user.holderIdNo)),
    isPrimary: row.is_primary,
    state: row.state,
    expiry: keyExpiry(row.valid_to, deps.clock.now()),
    own,
    may: permitted(row, member),
    voidReason: row.void_reason,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    version: row.version,
  };
}

/** KEY-016 as buttons; the server asks again when one is pressed. */
function permitted(row: KeyRow, member: Member): LibraryKey['may'] {
  if (row.state !== 'SUBMITTED' || member.entityState === 'FROZEN') return [];
  const isPrimary = member.standing === 'PRIMARY';
  if (!isPrimary) return row.id === member.keyId && member.standing === 'SECONDARY' ? ['change'] : [];
  return row.is_primary ? ['change'] : ['change', 'void', 'make-primary'];
}

const text = (value: string | boolean | null | undefined): string | null =>
  value === null || value === undefined ? null : String(value);

/** The newest first, each with what it changed; personal data as masks. */
export function historyView(deps: ViewDeps, rows: readonly KeyVersionRow[]): LibraryKeyVersion[] {
  const told = rows.map((row) => {
    const user = openUser(deps.cipher, row.key_id, row.user_sealed);
    return {
      row,
      facts: {
        ...row.facts,
        holderName: user.holderName,
        holderPhone: maskPhone(user.holderPhone),
        holderIdNo: user.holderIdNo && maskIdNumber(user.holderIdNo),
      } as Readonly<Record<string, string | boolean | null>>,
      user,
    };
  });
  return told
    .map(({ row, facts, user }, i) => {
      const before = told[i - 1];
      const differs = (field: string) => {
        const personal = field === 'holderPhone' || field === 'holderIdNo';
        if (personal && before !== undefined) return before.user[field] !== user[field];
        return text(before?.facts[field]) !== text(facts[field]);
      };
      return {
        version: row.version,
        event: row.event,
        at: row.at.toISOString(),
        differences: Object.keys(facts)
          .filter(differs)
          .map((field) => ({ field, before: text(before?.facts[field]), after: text(facts[field]) })),
        reason: row.reason,
        proof: [...row.proof],
        byFingerprint: row.by_fingerprint,
      };
    })
    .toReversed();
}
