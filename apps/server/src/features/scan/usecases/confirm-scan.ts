import type { PhoneErrorCode } from '@hufu/contracts';
import { sm3 } from '@hufu/gm';
import { CodedError, fromBase64, toBase64 } from '@hufu/kernel';
import { type HalfAnswer, parseRequest, type SignedRequest } from '@hufu/phone-key';
import type { AuditOrigin } from '../../../infra/audit/audit.ts';
import { withTransaction } from '../../../infra/database/database.ts';
import type { Authorised } from '../../phone/index.ts';
import type { ScanContext } from '../context.ts';
import { messagesToSign, sizeOf } from '../domain/signed-content.ts';
import { scanError } from '../errors.ts';
import type { ScanRow } from '../store.ts';
import { advanceScan } from './advance-scan.ts';
import { closeUse } from './close-use.ts';
import { isOf, type PhoneBearer } from './read-scan.ts';

export type Confirmation = {
  readonly id: string;
  readonly bearer: PhoneBearer;
  readonly certificateId: string;
  readonly request: SignedRequest;
  readonly from: AuditOrigin;
};

type Answer = HalfAnswer<'sign'> | HalfAnswer<'decrypt'>;

/** What the vault's journal calls a scan. */
const orderOf = (id: string): string => `scan:${id}`;

/**
 * The PIN was entered. Everything is looked at as it is at this moment: the scan, the grant, the certificate at its
 * authority. The device's request must be about this scan's content, byte for byte; the vault counts the PIN, writes
 * the use down and answers. Its answer is given out only if the page has not given up meanwhile.
 * @throws the refusals of the scan, of the use, of the certificate's authority and of the vault
 */
export async function confirmScan(context: ScanContext, confirmation: Confirmation): Promise<Answer> {
  const { id, bearer, request } = confirmation;
  const { row, use } = await takeUp(context, confirmation);
  try {
    const answer = await (row.content.kind === 'ciphertexts' ? decrypted : signed)(context, {
      row,
      use,
      request,
    });
    await release(context, { id, bearer, use, from: confirmation.from });
    return answer;
  } catch (error) {
    await withTransaction(context.database, closeUse(context, { use_id: use.useId }, 'FAILED'));
    throw error;
  }
}

/** Scan and use are looked at together; the use is on record before anything is asked of the vault. */
async function takeUp(
  context: ScanContext,
  { id, bearer, certificateId, from }: Confirmation,
): Promise<{ row: ScanRow; use: Authorised }> {
  let use: Authorised | undefined;
  let refused: PhoneErrorCode | undefined;
  const row = await advanceScan(context, {
    id,
    mine: isOf(bearer),
    take: (scan) => ({
      event: 'ask-vault',
      async decide(tx) {
        const verdict = await context.phones.uses.authorise(tx, {
          user: bearer,
          certificateId,
          purpose: scan.purpose,
          usage: scan.content.kind === 'ciphertexts' ? 'decrypt' : 'sign',
          scope: scan.scope,
          ...(scan.entity_id === null ? {} : { entityId: scan.entity_id }),
          order: orderOf(id),
          ...(scan.content.kind === 'challenge' ? { challengeId: scan.content.challenge.challengeId } : {}),
          origin: scan.origin,
          count: sizeOf(scan.content),
          from,
        });
        // Committed either way: what was refused is on record too.
        if (!verdict.allowed) {
          refused = verdict.code;
          return {};
        }
        use = verdict;
        return {
          certificate_id: certificateId,
          use_id: verdict.useId,
          confirmations: scan.confirmations + 1,
        };
      },
    }),
  });
  if (refused !== undefined) throw new CodedError(refused);
  if (use === undefined) throw scanError('SCAN_STATE');
  return { row, use };
}

type Asking = { readonly row: ScanRow; readonly use: Authorised; readonly request: SignedRequest };

async function signed(context: ScanContext, asking: Asking): Promise<Answer> {
  const { row, use, request } = asking;
  if (row.fingerprint !== null && row.fingerprint !== use.certificate.fingerprint) {
    throw scanError('SCAN_OTHER_CERTIFICATE');
  }
  mustSign(asking);
  await mustBeGood(context, use);
  return context.phones.uses.relay(use.useId, 'sign', request);
}

/** An old certificate still opens what was encrypted to it (OD-31): the authority is not asked. */
async function decrypted(context: ScanContext, asking: Asking): Promise<Answer> {
  mustOpen(asking);
  return context.phones.uses.relay(asking.use.useId, 'decrypt', asking.request);
}

/** @throws SCAN_OTHER_MESSAGE */
function mustSign({ row: { id, content, origin }, use, request }: Asking): void {
  const asked = parseRequest('sign', request.body);
  const { fingerprint } = use.certificate;
  const expected = messagesToSign({ content, origin, fingerprint }).map(toBase64);
  const isSame =
    asked.order === orderOf(id) &&
    asked.items.length === expected.length &&
    asked.items.every(({ message }, i) => message === expected[i]);
  if (!isSame) throw scanError('SCAN_OTHER_MESSAGE');
}

/** The vault sees blinded points alone; that the device names the right files keeps the journal honest. */
function mustOpen({ row: { id, content }, request }: Asking): void {
  const asked = parseRequest('decrypt', request.body);
  const expected =
    content.kind === 'ciphertexts'
      ? content.ciphertexts.map(({ ciphertext }) => toBase64(sm3(fromBase64(ciphertext))))
      : [];
  const isSame =
    asked.order === orderOf(id) &&
    asked.items.length === expected.length &&
    asked.items.every(({ ciphertextSm3 }, i) => ciphertextSm3 === expected[i]);
  if (!isSame) throw scanError('SCAN_OTHER_MESSAGE');
}

/** Revoked since it was shown on the phone: the authority's word counts, now. */
async function mustBeGood({ judge }: ScanContext, { certificate }: Authorised): Promise<void> {
  const verdict = await judge.judge(await judge.read(certificate.signingCertificate));
  if (!verdict.allowed) throw new CodedError(verdict.code, verdict.fields);
}

type Release = Pick<Confirmation, 'id' | 'bearer' | 'from'> & { readonly use: Authorised };

/** With the vault's answer the device can sign: the statement of it stands before the answer leaves. */
const release = (context: ScanContext, { id, bearer, use, from }: Release): Promise<ScanRow> =>
  advanceScan(context, {
    id,
    mine: isOf(bearer),
    take: (row) => ({
      event: 'confirm',
      also: (tx) =>
        context.audit.record(tx, {
          actor: { kind: 'person', id: bearer.userId, certificate: use.certificate.fingerprint },
          action: row.content.kind === 'ciphertexts' ? 'phone.decrypt' : 'phone.sign',
          subject: { kind: 'phone-certificate', id: use.certificate.id },
          after: {
            scan: id,
            purpose: row.purpose,
            origin: row.origin,
            count: sizeOf(row.content),
            device: bearer.deviceId,
            use: use.useId,
          },
          ...(use.certificate.entityId === null ? {} : { entity: use.certificate.entityId }),
          origin: from,
        }),
    }),
  });
