import type { Clock, RandomBytes } from '@hufu/kernel';
import type { Audit, AuditOrigin } from '../../infra/audit/audit.ts';
import type { Database, Executor } from '../../infra/database/database.ts';
import type { SourceHash } from '../../infra/http/caller-facts.ts';
import type { FieldCipher } from '../../infra/privacy/field-cipher.ts';
import type { OperatorCaller } from '../access/index.ts';
import type { CertificateJudge, Hub } from '../hub/index.ts';
import type { HubSessions } from '../identity-provider/index.ts';
import type { Platforms } from '../platforms/index.ts';
import type { SealDesk } from '../signing/index.ts';
import type { Trust } from '../trust/index.ts';
import type { ApprovalKinds } from './approval-kinds.ts';

export type DeskDeps = {
  readonly database: Database;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly cipher: FieldCipher;
  readonly sourceHash: SourceHash;
  readonly judge: CertificateJudge;
  readonly origin: string;
};

/** The features whose work the desk does. */
export type DeskPeers = {
  readonly hub: Hub;
  readonly platforms: Platforms;
  readonly trust: Pick<Trust, 'desk' | 'contacts' | 'changed'>;
  readonly sessions: HubSessions;
  readonly seals: SealDesk;
  /** Entities of the library whose name or code holds the text. */
  entitiesHolding(executor: Executor, text: string): Promise<string[]>;
  /** Dangerous steps of features that know the desk. */
  readonly kinds?: ApprovalKinds;
};

/** Who works at the desk, for an audit entry. */
export type At = { readonly operator: OperatorCaller; readonly from: AuditOrigin };

export const operatorActor = ({ operator }: Pick<At, 'operator'>) =>
  ({ kind: 'operator', id: operator.operatorId, certificate: operator.fingerprint }) as const;
