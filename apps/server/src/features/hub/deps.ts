import type { EntityRole } from '@hufu/contracts';
import type { Clock, ErrorRegister, RandomBytes } from '@hufu/kernel';
import type { z } from 'zod';
import type { Audit, AuditOrigin } from '../../infra/audit/audit.ts';
import type { Database } from '../../infra/database/database.ts';
import type { SourceHash } from '../../infra/http/caller-facts.ts';
import type { FieldCipher } from '../../infra/privacy/field-cipher.ts';
import type { HubSessions, LoginIntents } from '../identity-provider/index.ts';
import type {
  AuthorityDirectory,
  CertificateJudge,
  LibraryDoor,
  OrganisationIdentities,
  PhonePeople,
  PlatformDirectory,
} from './ports.ts';

export type Role = z.infer<typeof EntityRole>;

export type HubDeps = {
  readonly database: Database;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly cipher: FieldCipher;
  readonly judge: CertificateJudge;
  readonly authority: AuthorityDirectory;
  readonly sessions: HubSessions;
  readonly intents: LoginIntents;
  readonly platforms: PlatformDirectory;
  readonly identities: OrganisationIdentities;
  readonly library: LibraryDoor;
  readonly phones: PhonePeople;
  readonly sourceHash: SourceHash;
  /** Words of every code that an attempt may end with. */
  readonly register: ErrorRegister;
  /** Own origin, e.g. https://hub.example.cn: part of every statement that a key signs. */
  readonly origin: string;
  /** An authority that answers within this is not called slow: the caller gets the result at once (HUB-056). */
  readonly atOnceMs: number;
  /** Codes of the region's cities (HUB-023). */
  readonly cities: ReadonlySet<string>;
};

/** Who asks, as far as a use case needs to know for its audit entry. */
export type Asked = { readonly from: AuditOrigin };
