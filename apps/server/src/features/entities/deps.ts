import type { Executor, Tx } from '../../infra/database/database.ts';
import type { Infra } from '../../infra/infra.ts';
import type { PeopleProvider } from '../../infra/people/people-provider.ts';
import type { CertificateJudge } from '../hub/index.ts';
import type { AgreementText } from './accounts/agreements.ts';

import type { Identities } from './identities.ts';
import type { LetterTemplate } from './letters/letter-template.ts';

/** Which files an entity has uploaded itself. */
export type OwnFiles = (
  executor: Executor,
  entityId: string,
  sha256: readonly string[],
) => Promise<ReadonlySet<string>>;

export type EntitySettings = {
  readonly judge: CertificateJudge;
  /** Own origin, e.g. https://hub.example.cn. */
  readonly origin: string;
  /** OD-11. */
  readonly libEntry: 'HUB_FIRST' | 'SELF_REGISTER';
  readonly agreements: readonly AgreementText[];
  readonly letter: LetterTemplate;
  /** Undefined: natural persons enter by certificate alone. */
  readonly citizens: PeopleProvider | undefined;
  /** Names of the library's modules: what can be delegated. */
  readonly modules: ReadonlySet<string>;
  /** An organisation has registered; told in its transaction. */
  readonly registered?: (tx: Tx, entityId: string) => Promise<void>;
  /** A further key of an entity came into use; told in its transaction. */
  readonly keyActivated?: (tx: Tx, key: { readonly entityId: string; readonly id: string }) => Promise<void>;
  /** From base information, once there are records. */
  readonly basePerson?: BasePerson;
};

/** Who stands on a legal representative's seal of an entity that is only in the library. */
export type BasePerson = (
  executor: Executor,
  entityId: string,
) => Promise<{ readonly legalRep: string; readonly phone: string; readonly address: string } | undefined>;

export type EntityDeps = Infra & EntitySettings & { readonly identities: Identities };

export type { AuditOrigin } from '../../infra/audit/audit.ts';
