import { VerificationReport as Report, type VerificationReport, verifyRoutes } from '@hufu/contracts';
import { equalBytes, isSameUnitName } from '@hufu/kernel';
import { sdkError } from '../errors.ts';

export type SealedDocument = {
  /** The hub's address, e.g. https://hub.example */
  readonly hubUrl: string;
  /** The document as the platform gave it out. */
  readonly given: Uint8Array;
  readonly sealed: Uint8Array;
  /** Whose seal it must carry. */
  readonly unitName: string;
};

const TIMEOUT_MS = 60_000;

/**
 * A sealed document counts when it is the one that was given out with nothing but seals added to it, when 验章 finds it
 * valid, and when one of the seals is the enterprise's own.
 * @throws CodedError SDK_SEAL_REFUSED with the `reason`, SDK_HUB_UNREACHABLE
 */
export async function verifySealed({
  hubUrl,
  given,
  sealed,
  unitName,
}: SealedDocument): Promise<VerificationReport> {
  // Sealing appends (ISO 32000-2 §7.5.6): what was given out stands at the beginning, to the byte.
  if (sealed.length <= given.length || !equalBytes(sealed.subarray(0, given.length), given)) {
    throw sdkError('SDK_SEAL_REFUSED', { reason: 'other document' });
  }
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(sealed)], { type: 'application/pdf' }), 'document.pdf');
  const address = new URL(verifyRoutes.verify.path, hubUrl);
  address.searchParams.set('pictures', 'false');
  const answer = await fetch(address, {
    method: 'POST',
    body: form,
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw sdkError('SDK_HUB_UNREACHABLE', {}, cause);
  });
  const read = answer.ok ? Report.safeParse(await answer.json()) : undefined;
  if (read?.success !== true) throw sdkError('SDK_HUB_UNREACHABLE', { status: answer.status });
  const { status, signatures } = read.data;
  if (status !== 'valid') throw sdkError('SDK_SEAL_REFUSED', { reason: status });
  const own = signatures.some(
    ({ kind, status: verdict, seal }) =>
      kind === 'seal' && verdict === 'valid' && seal !== null && isSameUnitName(seal.name, unitName),
  );
  if (!own) throw sdkError('SDK_SEAL_REFUSED', { reason: 'other seal' });
  return read.data;
}
