import type { CertificatePreview } from '@hufu/contracts';
import { CodedError, fromBase64 } from '@hufu/kernel';
import type { Language } from '../../../infra/http/language.ts';
import { failureOf, problemOf } from '../../../infra/http/problem.ts';
import type { Holder } from '../../access/index.ts';
import type { HubDeps } from '../deps.ts';
import type { ReadCertificate } from '../ports.ts';
import { findBound } from '../store/certificates.ts';
import { readView } from '../views.ts';
import { admit } from './perform-act.ts';

/** A page that shows a certificate does not wait for a slow authority: binding itself will. */
const PATIENCE_MS = 1_500;

export type PreviewRequest = {
  /** DER, base64. */
  readonly certificate: string;
  /** Present when a logged-in primary reads a further key (HUB-083). */
  readonly holder: Holder | undefined;
  readonly language: Language;
};

/** 「读取证书」 (HUB-021): what the certificate says, and whether binding can go on. Changes nothing. */
export async function previewCertificate(
  deps: HubDeps,
  { certificate, holder, language }: PreviewRequest,
): Promise<CertificatePreview> {
  const read = await deps.judge.read(fromBase64(certificate));
  const refusal = await refusalOf(deps, read, holder === undefined ? 'bind' : 'activate');
  const bound = await findBound(deps.database.db, read);
  return {
    certificate: readView(read),
    eligible: refusal === undefined,
    problem: refusal === undefined ? null : briefly(deps, refusal, language),
    boundTo: boundTo(bound?.enterprise_id, holder),
  };
}

/** Without a session there is no enterprise to compare with: the certificate's own counts as this one. */
function boundTo(
  enterpriseId: string | undefined,
  holder: Holder | undefined,
): CertificatePreview['boundTo'] {
  if (enterpriseId === undefined) return 'NOBODY';
  return holder === undefined || holder.enterpriseId === enterpriseId ? 'THIS_ENTERPRISE' : 'ANOTHER';
}

async function refusalOf(
  deps: HubDeps,
  certificate: ReadCertificate,
  act: 'bind' | 'activate',
): Promise<CodedError | undefined> {
  const request = { act, certificate, mediaNo: null, from: {} } as Parameters<typeof admit>[1];
  const admitted = admit(deps, request).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof CodedError) return error;
      throw error;
    },
  );
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, undefined);
  });
  try {
    return await Promise.race([admitted, patience]);
  } finally {
    clearTimeout(timer);
  }
}

function briefly(
  { register }: HubDeps,
  error: CodedError,
  language: Language,
): NonNullable<CertificatePreview['problem']> {
  const { code, title, hint } = problemOf(failureOf(error), register, { language, requestId: '' });
  return { code, message: title, ...(hint === undefined ? {} : { hint }) };
}
