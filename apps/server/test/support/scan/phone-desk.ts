import type { PhonePurpose, PhoneScope } from '@hufu/contracts';
import { CodedError } from '@hufu/kernel';
import { parseRequest } from '@hufu/phone-key';
import { ANONYMOUS, type PhoneUser } from '../../../src/features/access/index.ts';
import type {
  Authorised,
  Phone,
  PhoneCertificateFacts,
  Usable,
  UseAsked,
} from '../../../src/features/phone/index.ts';
import type { Halves } from '../../../src/infra/vault/halves.ts';

/** Says by which device a request of a test comes: `user/device`. */
export const PHONE_HEADER = 'x-test-phone';

export type DeskCertificate = PhoneCertificateFacts & {
  readonly halves: { readonly sign: string; readonly decrypt: string };
  /** 04 ‖ x ‖ y of its encryption key. */
  readonly encryptionKey: Uint8Array;
  /** Device that holds the halves. */
  readonly deviceId: string;
};

export type DeskUse = {
  readonly id: string;
  readonly certificateId: string;
  readonly purpose: PhonePurpose;
  readonly scope: PhoneScope;
  readonly order: string;
  readonly userId: string;
  readonly challengeId: string | undefined;
  readonly count: number;
  outcome: string;
};

/**
 * Stands for the phone's own feature, where grants and devices are decided: what it decides is set here by the test,
 * who asked is told by a header, and a key is used at the real vault.
 */
export class PhoneDesk implements Pick<Phone, 'caller' | 'certificates' | 'uses'> {
  readonly kept = new Map<string, DeskCertificate>();
  /** Certificates that may not be used, and why. */
  readonly closed = new Map<string, Extract<Usable['problem'], string>>();
  readonly recorded: DeskUse[] = [];
  /** Runs before a request reaches the vault: what happens meanwhile. */
  meanwhile: () => Promise<void> = async () => {};
  /** The answer of the vault as it arrives. */
  tamper: <T>(answer: T) => T = (answer) => answer;
  readonly #halves: Halves;

  constructor(halves: Halves) {
    this.#halves = halves;
  }

  readonly caller: Phone['caller'] = async (request) => {
    const [userId, deviceId] = String(request.headers[PHONE_HEADER] ?? '').split('/');
    if (!userId) return ANONYMOUS;
    const user: PhoneUser = {
      kind: 'phone',
      sessionId: `session-of-${userId}`,
      userId,
      deviceId: deviceId || null,
      verified: true,
    };
    return user;
  };

  readonly certificates = {
    byId: async (_executor: unknown, id: string) => this.kept.get(id),
    usableBy: async (_executor: unknown, { user, entityId, purpose }: UseAsked): Promise<Usable[]> =>
      [...this.kept.values()]
        .filter(({ userId }) => userId === user.userId)
        .map((certificate) => ({
          certificate,
          problem: this.#problem(certificate, { user, entityId, purpose }),
        })),
  } as unknown as Phone['certificates'];

  readonly uses: Phone['uses'] = {
    authorise: async (_tx, asked) => {
      const certificate = this.kept.get(asked.certificateId);
      if (certificate === undefined || certificate.userId !== asked.user.userId) {
        return { allowed: false, code: 'PHONE_UNKNOWN' };
      }
      const code = this.#problem(certificate, asked);
      if (code !== null) return { allowed: false, code };
      const use: DeskUse = {
        id: `use-${this.recorded.length}`,
        certificateId: certificate.id,
        purpose: asked.purpose,
        scope: asked.scope,
        order: asked.order,
        userId: asked.user.userId,
        challengeId: asked.challengeId,
        count: asked.count,
        outcome: 'OPEN',
      };
      this.recorded.push(use);
      const authorised: Authorised = {
        allowed: true,
        useId: use.id,
        halfId: certificate.halves[asked.usage],
        certificate,
      };
      return authorised;
    },
    relay: async (useId, op, request) => {
      const use = this.recorded.find(({ id }) => id === useId);
      const certificate = this.kept.get(use?.certificateId ?? '');
      const { halfId, order } = parseRequest(op, request.body);
      if (certificate?.halves[op] !== halfId) throw new CodedError('PHONE_HALF_FOREIGN');
      if (order !== use?.order) throw new CodedError('PHONE_USE_REQUIRED');
      await this.meanwhile();
      return this.tamper(await this.#halves.relay(op, request));
    },
    signer: async (challengeId) =>
      this.recorded.find((use) => use.challengeId === challengeId && use.outcome === 'DONE')?.userId,
    admit: async () => {},
    close: async (_tx, { useId, outcome }) => {
      const use = this.recorded.find(({ id }) => id === useId);
      if (use?.outcome === 'OPEN') use.outcome = outcome;
    },
  };

  #problem(
    certificate: DeskCertificate,
    { user, entityId, purpose }: { user: PhoneUser; entityId?: string | undefined; purpose: PhonePurpose },
  ): Usable['problem'] {
    if (certificate.deviceId !== user.deviceId) return 'PHONE_CERTIFICATE_ELSEWHERE';
    if (certificate.kind === 'PERSONAL' && purpose === 'bind') return 'PHONE_ENTERPRISE_CERTIFICATE';
    if (entityId !== undefined && certificate.entityId !== entityId) return 'PHONE_CERTIFICATE_OTHER';
    return this.closed.get(certificate.id) ?? null;
  }
}
