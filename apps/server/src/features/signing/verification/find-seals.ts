import { DerReader } from '@hufu/gm';
import { CodedError, equalBytes } from '@hufu/kernel';
import {
  type ElectronicSeal,
  formFieldsOf,
  isPdfDict,
  isPdfString,
  openPdf,
  parseSesSignature,
  type ValidationReport,
} from '@hufu/seal';
import { type SealRow, sealByNumber, sealEvents } from '../seals/seal-store.ts';
import type { ValidationDeps } from './validate-document.ts';

/** What our register says of a seal at the time of its use. */
export type RegisterFinding = {
  readonly state: SealRow['state'];
  /** Speaks against the use, or leaves it open; undefined when the seal was in force. */
  readonly reason: 'SEAL_REVOKED' | 'SEAL_FROZEN' | undefined;
};

export const REGISTER_REASONS = {
  SEAL_REVOKED: {
    status: 'invalid',
    zh: '签章时印章已被撤销或换发',
    en: 'The seal had been revoked or replaced when it was used',
  },
  SEAL_FROZEN: {
    status: 'indeterminate',
    zh: '印章已冻结，或后来被撤销而签章时间未经证明',
    en: 'The seal is frozen, or was revoked later and the time of signing is not proven',
  },
} as const;

/** The electronic seal inside each seal signature of a PDF, by the name of its field. */
export function sealsInPdf(pdf: Uint8Array): ReadonlyMap<string, ElectronicSeal> {
  const found = new Map<string, ElectronicSeal>();
  try {
    const { latest } = openPdf(pdf);
    for (const field of formFieldsOf(latest)) {
      const value = field.type === 'Sig' ? latest.resolve(field.value) : null;
      const contents = isPdfDict(value) ? latest.get(value, 'Contents') : null;
      if (!isPdfString(contents)) continue;
      const seal = sealOf(contents.bytes);
      if (seal !== undefined) found.set(field.name, seal);
    }
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
  }
  return found;
}

/** Zero octets fill the room that was kept for the signature. */
function sealOf(contents: Uint8Array): ElectronicSeal | undefined {
  try {
    const reader = new DerReader(contents);
    reader.next();
    return parseSesSignature(contents.subarray(0, reader.contentEnd)).seal;
  } catch (error) {
    if (error instanceof CodedError) return undefined;
    throw error;
  }
}

const ENDED: readonly SealRow['state'][] = ['REVOKED', 'REPLACED'];

type Use = { readonly at: number; readonly proven: boolean };

/**
 * Asks the register about a seal of our own making: what it says counts beside what the seal says of itself, for a
 * seal in a file does not know that it was revoked.
 */
export async function registerFinding(
  { database }: Pick<ValidationDeps, 'database'>,
  seal: ElectronicSeal,
  { at, proven }: Use,
): Promise<RegisterFinding | undefined> {
  const row = await sealByNumber(database.db, seal.info.id);
  if (!row?.seal || !equalBytes(new Uint8Array(row.seal), seal.der)) return undefined;
  const events = await sealEvents(database.db, row.id);
  const [last] = events.filter(({ state }) => ENDED.includes(state));
  if (last !== undefined && last.at.getTime() <= at) return { state: row.state, reason: 'SEAL_REVOKED' };
  const stands = events.findLast((event) => event.at.getTime() <= at);
  const isOpen = stands?.state === 'FROZEN' || row.state === 'FROZEN' || row.state === 'REVOKED';
  return {
    state: row.state,
    reason: isOpen && !(proven && stands?.state === 'ACTIVE') ? 'SEAL_FROZEN' : undefined,
  };
}

/** Findings of the register for each seal signature of a report, by its id. */
export async function registerFindings(
  deps: Pick<ValidationDeps, 'database' | 'clock'>,
  pdf: Uint8Array,
  report: ValidationReport,
): Promise<ReadonlyMap<string, RegisterFinding>> {
  const found = new Map<string, RegisterFinding>();
  if (!report.signatures.some(({ kind }) => kind === 'seal')) return found;
  const seals = sealsInPdf(pdf);
  for (const { id, field, time } of report.signatures) {
    const seal = seals.get(field);
    const at = time.proven?.at ?? time.claimed ?? deps.clock.now();
    const use = { at, proven: time.proven !== undefined };
    const finding = seal && (await registerFinding(deps, seal, use));
    if (finding !== undefined) found.set(id, finding);
  }
  return found;
}
