import type { DeskSeal, SealView } from '@hufu/contracts';
import { maskName } from '@hufu/kernel';
import type { SigningDeps } from '../deps.ts';
import { sealNamePlace } from './apply-seal.ts';
import { type SealRow, sealEvents } from './seal-store.ts';

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

const wordOf = ({ word }: SealRow): string | null => (word === '' ? null : word);

/** What both sides see; the name is open to its owner alone. */
function commonView(row: SealRow, name: string, makerName: string | null) {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    name,
    word: wordOf(row),
    code: row.code,
    state: row.state,
    source: row.source,
    sample: row.sample,
    width: row.width_mm,
    height: row.height_mm,
    pictureSha256: row.picture_sha256,
    warnings: row.warnings,
    fingerprints: row.fingerprints,
    makerName: row.maker_id === null ? null : makerName,
    appliedAt: row.applied_at.toISOString(),
    validFrom: iso(row.valid_from),
    validTo: iso(row.valid_to),
    note: row.note,
    replaces: row.replaces_id,
    version: row.version,
  };
}

/** Whether this certificate may sign with the seal at this moment. */
export const isUsable = (row: SealRow, fingerprint: string, now: number): boolean =>
  row.state === 'ACTIVE' &&
  row.valid_to !== null &&
  now < row.valid_to.getTime() &&
  row.fingerprints.includes(fingerprint);

export async function sealView(deps: SigningDeps, row: SealRow, fingerprint: string): Promise<SealView> {
  const name = deps.cipher.open(row.name_sealed, sealNamePlace(row.id));
  return {
    ...commonView(row, name, await deps.maker.nameOf(row.maker_id)),
    usable: isUsable(row, fingerprint, deps.clock.now()),
  };
}

/** A person's name is masked at the desk; the picture, which the desk has to look at, shows it. */
export async function deskSealView(deps: SigningDeps, row: SealRow): Promise<DeskSeal> {
  const { db } = deps.database;
  const [enterprise, certificates, events, makerName] = await Promise.all([
    deps.records.byId(db, row.enterprise_id),
    deps.records.certificates(row.enterprise_id),
    sealEvents(db, row.id),
    deps.maker.nameOf(row.maker_id),
  ]);
  const name = deps.cipher.open(row.name_sealed, sealNamePlace(row.id));
  return {
    ...commonView(row, row.kind === 'LEGAL_REPRESENTATIVE' ? maskName(name) : name, makerName),
    enterprise: {
      id: row.enterprise_id,
      unitName: enterprise?.unitName ?? '',
      uscc: enterprise?.uscc ?? '',
    },
    certificates: certificates.filter(({ fingerprint }) => row.fingerprints.includes(fingerprint)),
    checkedBy: row.checked_by,
    history: events.map((event) => ({
      at: event.at.toISOString(),
      event: event.event,
      state: event.state,
      note: event.note,
      by: event.operator_id,
    })),
  };
}
