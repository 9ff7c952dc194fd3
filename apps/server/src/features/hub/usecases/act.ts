import type { BindingFields } from '@hufu/contracts';
import type { AuditOrigin } from '../../../infra/audit/audit.ts';
import type { Holder } from '../../access/index.ts';
import type { ReadCertificate } from '../ports.ts';
import type { CertificateRow } from '../store/certificates.ts';
import type { Standing } from '../store/standing.ts';

/** What a key was used for, once its signature is proved. */
export type ActRequest = {
  readonly certificate: ReadCertificate;
  readonly mediaNo: string | null;
  readonly from: AuditOrigin;
} & (
  | { readonly act: 'login' }
  | { readonly act: 'bind'; readonly fields: BindingFields }
  | { readonly act: 'activate'; readonly holder: Holder }
);

/** A request whose certificate was judged good, with what the judgement had to say to its holder. */
export type Admitted<R extends ActRequest = ActRequest> = {
  readonly request: R;
  readonly advice: readonly string[];
};

export type ActResult = {
  readonly outcome: 'LOGGED_IN' | 'BOUND' | 'ALREADY_BOUND' | 'ACTIVATED';
  readonly certificateId: string;
  readonly enterpriseId: string;
  readonly advice: readonly string[];
  /** After a login: the certificate that a session may now be opened for. */
  readonly certificate?: CertificateRow;
  /** What its pages show, if it was read on the way. */
  readonly standing?: Standing;
};
