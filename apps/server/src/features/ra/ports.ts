import type { RaEnvelope } from '@hufu/contracts';
import type { Executor, Tx } from '../../infra/database/database.ts';
import type { CallerFinder } from '../access/index.ts';
import type { JudgedFile } from '../files/index.ts';
import type { Phone } from '../phone/index.ts';
import type { PaymentProvider } from './payments/provider.ts';

/** What this feature is given by others. */
export type RaPorts = {
  readonly phone: Pick<Phone, 'caller' | 'users' | 'people' | 'certificates' | 'notify'>;
  readonly operators: CallerFinder;
  /** Names of operators by id. */
  operatorNames(): Promise<ReadonlyMap<string, string>>;
  /** The one id of the organisation with this code (GEN-001). */
  organisation(tx: Tx, who: { readonly uscc: string; readonly at: Date }): Promise<string>;
  /** Under which name the library has the entity on file; undefined where it has not (CA-036). */
  filedName(executor: Executor, entityId: string): Promise<string | undefined>;
  /** @param executor within whose transaction it is asked, if any */
  platforms(executor?: Executor): Promise<readonly { readonly code: string; readonly name: string }[]>;
  authority(
    id: string,
  ): Promise<{ readonly id: string; readonly name: string; readonly phone: string } | undefined>;
  /** Has the authority's lists fetched at once. */
  refreshAuthority(id: string): Promise<void>;
  /** Judges a file by its content and stores it. @throws FILE_* */
  takeFile(file: { readonly name: string; readonly bytes: Uint8Array }): Promise<JudgedFile>;
  /** What is still encrypted to a certificate (OD-31). */
  openEnvelopes(executor: Executor, certificateId: string): Promise<readonly RaEnvelope[]>;
  /** Undefined where none is set up. */
  readonly payments: PaymentProvider | undefined;
};
