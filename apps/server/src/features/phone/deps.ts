import type { Approval } from '@hufu/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuditOrigin } from '../../infra/audit/audit.ts';
import type { Executor, Tx } from '../../infra/database/database.ts';
import { auditOrigin } from '../../infra/http/caller-facts.ts';
import type { Infra } from '../../infra/infra.ts';
import type { PeopleProvider } from '../../infra/people/people-provider.ts';
import type { Sms, SmsWays } from '../../infra/sms/sms.ts';
import type { CallerFinder } from '../access/index.ts';
import type { Proposal } from '../desk/index.ts';
import type { Identities } from '../entities/index.ts';
import type { JudgedFile } from '../files/index.ts';

/** A place where a grant can count. */
export type Platform = { readonly code: string; readonly name: string; readonly nameEn: string | null };

/** Sealed files whose content keys are encrypted to certificates: of whoever keeps them. */
export type Envelopes = {
  /** Those of which no recipient in force is left but this certificate. */
  of(
    executor: Executor,
    certificateId: string,
  ): Promise<
    readonly {
      readonly id: string;
      readonly title: string;
      /** For its opening. */
      readonly waiting: boolean;
      /** The content key, SM2Cipher, DER. */
      readonly ciphertext: Uint8Array;
    }[]
  >;
  /** The former recipients stay. */
  addRecipient(
    tx: Tx,
    recipient: {
      readonly envelopeId: string;
      readonly certificateId: string;
      /** SM2Cipher, DER. */
      readonly ciphertext: Uint8Array;
    },
  ): Promise<void>;
};

export type PhonePorts = {
  /** Undefined: nobody can prove a real name here. */
  readonly realNames: PeopleProvider | undefined;
  /** Own origin, e.g. https://hub.example.cn. */
  readonly origin: string;
  readonly identities: Identities;
  /** What hub or library know an entity by; undefined when neither does. */
  readonly entity: (
    executor: Executor,
    id: string,
  ) => Promise<{ readonly name: string; readonly frozen: boolean } | undefined>;
  readonly platforms: () => Promise<readonly Platform[]>;
  readonly authority: (id: string) => Promise<{ readonly name: string; readonly phone: string } | undefined>;
  /** Whether this user's order waits for its download: only then are certificate requests signed for it. */
  readonly isDownloading: (
    executor: Executor,
    who: { readonly orderId: string; readonly userId: string },
  ) => Promise<boolean>;
  readonly envelopes: Envelopes;
  readonly operators: CallerFinder;
  /** Opens a step for a second person of the desk. @throws DESK_DUPLICATE */
  propose(
    request: FastifyRequest,
    step: { readonly proposal: Proposal; readonly reason: string },
  ): Promise<Approval>;
  /** Judges a file by its content and stores it. @throws FILE_* */
  takeFile(file: { readonly name: string; readonly bytes: Uint8Array }): Promise<JudgedFile>;
  /** Who is logged in to the hub, and to the library. */
  readonly holders: CallerFinder;
  readonly members: CallerFinder;
};

export type PhoneDeps = Infra &
  PhonePorts & { readonly sms: Sms; readonly smsWays: SmsWays; readonly newId: () => string };

export type Call = { readonly request: FastifyRequest; readonly reply: FastifyReply };

export const originOf = (deps: Pick<PhoneDeps, 'sourceHash'>, request: FastifyRequest): AuditOrigin =>
  auditOrigin(request, deps.sourceHash);

export const nowOf = ({ clock }: Pick<PhoneDeps, 'clock'>): Date => new Date(clock.now());
