import { isDeepStrictEqual } from 'node:util';
import type { ScanOutcome, ScanResult } from '@hufu/contracts';
import { CodedError, fromBase64, toBase64 } from '@hufu/kernel';
import type { ScanContext } from '../context.ts';
import { messagesToSign, sizeOf } from '../domain/signed-content.ts';
import { scanError } from '../errors.ts';
import { type ScanRow, scanById } from '../store.ts';
import { advanceScan } from './advance-scan.ts';
import { closeUse } from './close-use.ts';
import { isOf, type PhoneBearer } from './read-scan.ts';

export type Finishing = {
  readonly id: string;
  readonly bearer: PhoneBearer;
  readonly outcome: ScanOutcome;
};

/**
 * The device has made the signatures. The page gets them only when each verifies under the certificate, over what the
 * page asked for. Sent twice, they are taken once.
 * @throws SCAN_UNKNOWN, SCAN_SIGNATURE, SCAN_STATE and the ends
 */
export async function finishScan(context: ScanContext, { id, bearer, outcome }: Finishing): Promise<ScanRow> {
  const row = await scanById(context.database.db, id);
  if (row === undefined || !isOf(bearer)(row)) throw scanError('SCAN_UNKNOWN');
  const result = await resultOf(context, row, outcome);
  if (row.state === 'DONE' && isDeepStrictEqual(row.result, result)) return row;
  return advanceScan(context, {
    id,
    mine: isOf(bearer),
    take: () => ({
      event: 'finish',
      change: { result: JSON.stringify(result) },
      also: closeUse(context, row, 'DONE'),
    }),
  });
}

async function resultOf(context: ScanContext, row: ScanRow, outcome: ScanOutcome): Promise<ScanResult> {
  if (row.certificate_id === null) throw scanError('SCAN_STATE');
  const count = sizeOf(row.content);
  if (row.content.kind === 'ciphertexts') {
    // Encrypted to the page: nobody else can look, this server included.
    if (!('opened' in outcome) || outcome.opened.length !== count) throw scanError('SCAN_SIGNATURE');
    return { opened: outcome.opened };
  }
  if (!('signatures' in outcome) || outcome.signatures.length !== count) throw scanError('SCAN_SIGNATURE');
  const { signatures } = outcome;
  const der = await verified(context, row, signatures);
  if (row.content.kind === 'documents') return { signatures };
  const { challengeId } = row.content.challenge;
  return { proof: { challengeId, certificate: toBase64(der), signature: signatures[0]!, mediaNo: null } };
}

/** @returns the certificate. @throws SCAN_SIGNATURE */
async function verified(
  { database, judge, phones }: ScanContext,
  { certificate_id, content, origin }: ScanRow,
  signatures: readonly string[],
): Promise<Uint8Array> {
  const kept = await phones.certificates.byId(database.db, certificate_id ?? '');
  if (kept === undefined) throw new CodedError('PHONE_UNKNOWN');
  const certificate = await judge.read(kept.signingCertificate);
  const messages = messagesToSign({ content, origin, fingerprint: kept.fingerprint });
  for (const [i, message] of messages.entries()) {
    const holds = await judge.verify(certificate, message, fromBase64(signatures[i]!));
    if (!holds) throw scanError('SCAN_SIGNATURE', { index: i });
  }
  return kept.signingCertificate;
}
