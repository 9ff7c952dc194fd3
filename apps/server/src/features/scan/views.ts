import { PHONE_ERRORS, type PhoneScan, SCAN_ERRORS, type ScanSession } from '@hufu/contracts';
import type { ErrorRegister } from '@hufu/kernel';
import type { Language } from '../../infra/http/language.ts';
import type { PhoneUser } from '../access/index.ts';
import type { PhoneCertificateFacts } from '../phone/index.ts';
import type { ScanContext } from './context.ts';
import { codeOf, MOST_WRONG_CODES } from './domain/scan-code.ts';
import { ENDS, isOpen } from './domain/scan-states.ts';
import type { ScanRow } from './store.ts';

const WORDS: ErrorRegister = { ...PHONE_ERRORS, ...SCAN_ERRORS };

function reasonOf(code: string | undefined | null, language: Language): ScanSession['problem'] {
  const known = code == null ? undefined : WORDS[code];
  if (code == null) return null;
  return { code, message: known === undefined ? code : language === 'en' ? known.en : known.zh };
}

/** As the clock has it: a scan is over when its time is, whether or not anybody wrote it down. */
export const stateAt = ({ state, expires_at }: ScanRow, now: number): ScanRow['state'] =>
  isOpen(state) && expires_at.getTime() <= now ? 'EXPIRED' : state;

const shared = (row: ScanRow, now: number, language: Language) => {
  const state = stateAt(row, now);
  return {
    id: row.id,
    purpose: row.purpose,
    state,
    version: row.version,
    remainingMs: isOpen(state) ? Math.max(0, row.expires_at.getTime() - now) : 0,
    problem: reasonOf(ENDS[state], language),
  };
};

export function pageView(
  { clock }: Pick<ScanContext, 'clock'>,
  row: ScanRow,
  language: Language,
): ScanSession {
  return {
    ...shared(row, clock.now(), language),
    codeNeeded: row.code_needed,
    triesLeft: Math.max(0, MOST_WRONG_CODES - row.wrong_codes),
    result: row.result,
  };
}

export type PhoneLook = {
  readonly row: ScanRow;
  readonly user: PhoneUser;
  readonly language: Language;
};

/** Who asks, for what, from where; and the person's certificates, looked at anew (MOB-050). */
export async function phoneView(
  context: ScanContext,
  { row, user, language }: PhoneLook,
): Promise<PhoneScan> {
  const common = shared(row, context.clock.now(), language);
  const { content, entity_id: entityId } = row;
  return {
    ...common,
    site: { ...context.site, origin: row.origin },
    from: { address: row.from_address, browser: row.from_browser },
    entityName: entityId === null ? null : ((await context.pages.entityName(entityId)) ?? null),
    code: common.state === 'SCANNED' ? codeOf(context.cipher, row.id) : null,
    challenge: content.kind === 'challenge' ? content.challenge : null,
    documents: content.kind === 'documents' ? content.documents : [],
    ciphertexts: content.kind === 'ciphertexts' ? content.ciphertexts : [],
    pageKey: content.kind === 'ciphertexts' ? content.pageKey : null,
    certificates: isOpen(common.state) ? await certificatesOf(context, { row, user, language }) : [],
  };
}

async function certificatesOf(
  { database, phones, authorityName }: ScanContext,
  { row, user, language }: PhoneLook,
): Promise<PhoneScan['certificates']> {
  const usable = await phones.certificates.usableBy(database.db, {
    user,
    purpose: row.purpose,
    scope: row.scope,
    ...(row.entity_id === null ? {} : { entityId: row.entity_id }),
  });
  return Promise.all(
    usable.map(async ({ certificate, problem }) => ({
      id: certificate.id,
      kind: certificate.kind,
      unitName: certificate.subjectName,
      authorityName: (await authorityName(certificate.authorityId)) ?? certificate.authorityId,
      serialNumber: certificate.serialNumber,
      fingerprint: certificate.fingerprint,
      validTo: certificate.validTo.toISOString(),
      problem: reasonOf(problem ?? otherThanPage(row, certificate), language),
    })),
  );
}

/** What was prepared for one key is signed by that key. */
const otherThanPage = ({ fingerprint }: ScanRow, certificate: PhoneCertificateFacts): string | null =>
  fingerprint === null || fingerprint === certificate.fingerprint ? null : 'SCAN_OTHER_CERTIFICATE';
