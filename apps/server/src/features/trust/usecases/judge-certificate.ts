import type { Clock } from '@hufu/kernel';
import {
  admission,
  assess,
  type Certificate,
  type CertificateIdentity,
  type CryptoEngine,
  certificateFingerprint,
  certificateIdentity,
  type Decision,
  type HolderFacts,
  identityText,
  type KeyPurpose,
  parseCertificate,
  type Recognition,
  type RevocationVerdict,
  type TrustedAuthority,
} from '@hufu/pki';
import type { Audit, AuditActor, AuditOrigin } from '../../../infra/audit/audit.ts';
import { type Database, withTransaction } from '../../../infra/database/database.ts';
import { type Refusal, refusalOf } from '../domain/refusal.ts';
import { trustError } from '../errors.ts';
import type { TrustState } from '../state/trust-state.ts';
import { BoundedMap } from '../status/bounded-map.ts';
import type { StatusChecker } from '../status/status-checker.ts';
import type { HealthSample } from '../store/health-store.ts';
import { noteSeen } from '../store/seen-store.ts';

export type JudgeStep = 'PATH' | 'REVOCATION';

/** HUB-056: who is being waited for, and for how long. */
export type JudgeProgress = {
  readonly authorityId: string | undefined;
  readonly authorityName: string | undefined;
  readonly step: JudgeStep;
  readonly elapsedMs: number;
  readonly budgetMs: number;
};

export type JudgeRequest = {
  /** DER; hostile until proved otherwise. */
  readonly certificate: Uint8Array;
  readonly purpose: KeyPurpose;
  /** An OCSP response that the holder sent along. */
  readonly stapledOcsp?: Uint8Array;
  readonly onProgress?: (progress: JudgeProgress) => void;
  /** Whom the audit log names when a grace is used. */
  readonly actor?: AuditActor;
  readonly origin?: AuditOrigin;
};

/** What is known about a certificate, and what its authority's policy makes of it. */
export type Judgement = {
  readonly certificate: Certificate;
  /** SHA-256 of the DER, hexadecimal. */
  readonly fingerprint: string;
  readonly identity: CertificateIdentity;
  readonly recognition: Recognition['status'];
  readonly authority: TrustedAuthority | undefined;
  /** Read by the authority's profile; undefined unless the authority did sign the certificate. */
  readonly facts: HolderFacts | undefined;
  /** One for each certificate of the path, the holder's first; empty when nobody had to be asked. */
  readonly revocation: readonly RevocationVerdict[];
  readonly decision: Decision;
  /** Set when the decision is no. */
  readonly refusal: Refusal | undefined;
};

export type JudgeParts = {
  readonly database: Database;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly engine: CryptoEngine;
  readonly state: TrustState;
  readonly status: StatusChecker;
  readonly sample: (sample: HealthSample) => void;
  /** The hub's own region (GB/T 2260). */
  readonly region: string;
};

export type CertificateJudging = {
  /** @throws CodedError CERTIFICATE_MALFORMED */
  read(der: Uint8Array, purpose: KeyPurpose): Promise<Known>;
  /** @throws CodedError CERTIFICATE_MALFORMED; every other refusal is a value */
  judge(request: JudgeRequest): Promise<Judgement>;
};

/** A certificate as far as nobody has to be asked about it. */
export type Known = {
  readonly certificate: Certificate;
  readonly fingerprint: string;
  readonly identity: CertificateIdentity;
  readonly recognition: Recognition;
};

type Cached = Known & { readonly revision: string; readonly from: number; readonly until: number };

const MAX_KNOWN = 50_000;
const PROGRESS_EVERY_MS = 500;
/** The anchor's own dates are looked at again so often. */
const LONGEST_MEMORY_MS = 600_000;

/** The one way by which anything learns whether a certificate may be used. */
export function createCertificateJudging(parts: JudgeParts): CertificateJudging {
  const { clock, state, region } = parts;
  const known = new BoundedMap<Cached>(MAX_KNOWN);

  const read = async (der: Uint8Array, purpose: KeyPurpose): Promise<Known> => {
    const { revision, index } = await state.loaded();
    const at = clock.now();
    const key = `${purpose}:${Buffer.from(parts.engine.digest('sha256', der)).toString('base64')}`;
    const cached = known.get(key);
    if (cached?.revision === revision && cached.from <= at && at < cached.until) return cached;
    const certificate = parse(der);
    const recognition = await index.recognise(certificate, { purpose, at });
    const fresh: Known = {
      certificate,
      fingerprint: certificateFingerprint(certificate),
      identity: certificateIdentity(certificate),
      recognition,
    };
    if (recognition.status !== 'recognised') return fresh;
    if (cached === undefined) await noteFirstSight(fresh, recognition.authority, parts);
    const path = recognition.path.certificates;
    known.set(key, {
      ...fresh,
      revision,
      from: Math.max(...path.map(({ notBefore }) => notBefore)),
      until: Math.min(at + LONGEST_MEMORY_MS, ...path.map(({ notAfter }) => notAfter)),
    });
    return fresh;
  };

  return {
    read,
    async judge(request) {
      const startedAt = clock.now();
      const subject = await read(request.certificate, request.purpose);
      const { certificate, recognition } = subject;
      const progress = progressOf(recognition, request, () => clock.now() - startedAt);
      progress('PATH');
      const early = admission({ certificate, recognition, region, at: clock.now() });
      if (early !== undefined || recognition.status !== 'recognised') {
        return judgementOf(subject, early ?? UNRECOGNISED, []);
      }
      const { path, authority } = recognition;
      const waiting = ticking(() => progress('REVOCATION'));
      try {
        const revocation = await parts.status.check({
          path,
          authority,
          stapled: request.stapledOcsp,
          onWait: waiting.start,
        });
        const at = clock.now();
        const decision = assess({ certificate, recognition, revocation, region, at });
        if (decision.allow && decision.grace !== undefined) await noteGrace(subject, decision, request);
        return judgementOf(subject, decision, revocation);
      } finally {
        waiting.stop();
      }
    },
  };

  async function noteGrace(subject: Known, decision: Decision, request: JudgeRequest): Promise<void> {
    if (!decision.allow || decision.grace === undefined || subject.recognition.status !== 'recognised')
      return;
    const { authority } = subject.recognition;
    const { expiredAt, endsAt } = decision.grace;
    parts.sample({ authorityId: authority.id, kind: 'grace', at: clock.now(), ok: true });
    await withTransaction(parts.database, (tx) =>
      parts.audit.record(tx, {
        actor: request.actor ?? { kind: 'anonymous', certificate: subject.fingerprint },
        action: 'trust.use-grace',
        subject: { kind: 'authority', id: authority.id },
        after: {
          policy: decision.policyName,
          certificate: subject.fingerprint,
          statusRanOutAt: new Date(expiredAt).toISOString(),
          graceEndsAt: new Date(endsAt).toISOString(),
        },
        ...(request.origin === undefined ? {} : { origin: request.origin }),
      }),
    );
  }
}

const UNRECOGNISED: Decision = {
  allow: false,
  policyName: 'unrecognised',
  code: 'CERTIFICATE_CA_UNRECOGNISED',
};

function parse(der: Uint8Array): Certificate {
  try {
    return parseCertificate(der);
  } catch (cause) {
    throw trustError('CERTIFICATE_MALFORMED', {}, cause);
  }
}

function judgementOf(
  { certificate, fingerprint, identity, recognition }: Known,
  decision: Decision,
  revocation: readonly RevocationVerdict[],
): Judgement {
  const authority = recognition.status === 'unrecognised' ? undefined : recognition.authority;
  return {
    certificate,
    fingerprint,
    identity,
    recognition: recognition.status,
    authority,
    facts: recognition.status === 'unrecognised' ? undefined : recognition.facts,
    revocation,
    decision,
    refusal: decision.allow ? undefined : refusalOf(decision, authority),
  };
}

function progressOf(recognition: Recognition, { onProgress }: JudgeRequest, elapsed: () => number) {
  const authority = recognition.status === 'unrecognised' ? undefined : recognition.authority;
  return (step: JudgeStep): void =>
    onProgress?.({
      authorityId: authority?.id,
      authorityName: authority?.name,
      step,
      elapsedMs: elapsed(),
      budgetMs: authority?.policy.ocspBudgetMs ?? 0,
    });
}

function ticking(tick: () => void) {
  let timer: NodeJS.Timeout | undefined;
  return {
    start() {
      if (timer !== undefined) return;
      tick();
      timer = setInterval(tick, PROGRESS_EVERY_MS);
    },
    stop: () => clearInterval(timer),
  };
}

async function noteFirstSight(
  { identity, fingerprint }: Known,
  authority: TrustedAuthority,
  { database, audit, clock }: JudgeParts,
): Promise<void> {
  const at = clock.now();
  await withTransaction(database, async (tx) => {
    const others = await noteSeen(tx, { ...identity, fingerprint, authorityId: authority.id, at });
    if (others.length === 0) return;
    await audit.record(tx, {
      actor: { kind: 'system' },
      action: 'trust.alarm-duplicate-serial',
      subject: { kind: 'authority', id: authority.id },
      after: { identity: identityText(identity), certificate: fingerprint, others },
    });
  });
}
