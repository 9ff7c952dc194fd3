import type { AuthorityForm } from '@hufu/contracts';
import { type Clock, canonicalJson, fromBase64, type JsonValue } from '@hufu/kernel';
import {
  type Certificate,
  type CryptoEngine,
  certificateFingerprint,
  isSignedBy,
  parseCertificate,
} from '@hufu/pki';
import type { z } from 'zod';
import type { Executor } from '../../../infra/database/database.ts';
import type { AuthorityRecord, StoredPolicy } from '../domain/authority.ts';
import { type PolicyForm, policyFromForm, policyToForm } from '../domain/policy-form.ts';
import { trustError } from '../errors.ts';
import { hasProfile, loadAuthorities, ownerOfIssuer } from '../store/authority-store.ts';
import { nameText } from './list-authorities.ts';

export type RecognitionForm = z.output<typeof AuthorityForm>;

/** A dangerous step as the desk keeps it until a second person decides. */
export type Proposal<P> = {
  readonly subject: string;
  /** The authority as it was: an approval of something else is stale. */
  readonly subjectState: string;
  /** Names of fields, values as text: for the person who decides. */
  readonly changes: readonly {
    readonly field: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  /** JSON. */
  readonly payload: P;
};

export type ProposeParts = {
  readonly executor: Executor;
  readonly clock: Clock;
  readonly engine: CryptoEngine;
};

export type PolicyChange = { readonly id: string; readonly form: PolicyForm };

/** @throws CodedError TRUST_AUTHORITY_UNKNOWN, TRUST_GRACE_BOUNDS */
export async function proposePolicy(
  { id, form }: PolicyChange,
  parts: ProposeParts,
): Promise<Proposal<PolicyChange>> {
  const record = await findAuthority(id, parts.executor);
  policyFromForm(form, { at: parts.clock.now() });
  const before = policyToForm(record);
  return {
    subject: id,
    subjectState: stateOf(record),
    changes: differences(before, form),
    payload: { id, form },
  };
}

/** @throws CodedError TRUST_AUTHORITY_UNKNOWN, TRUST_NOT_SUSPENDED */
export async function proposeResumption(
  id: string,
  parts: ProposeParts,
): Promise<Proposal<{ readonly id: string }>> {
  const record = await findAuthority(id, parts.executor);
  if (record.status !== 'suspended') throw trustError('TRUST_NOT_SUSPENDED');
  return {
    subject: id,
    subjectState: stateOf(record),
    changes: [{ field: 'status', before: 'SUSPENDED', after: 'ACTIVE' }],
    payload: { id },
  };
}

/**
 * @throws CodedError TRUST_AUTHORITY_EXISTS, TRUST_PROFILE_UNKNOWN, TRUST_CERTIFICATE_REFUSED, TRUST_NO_ANCHOR,
 *   TRUST_ISSUER_TAKEN, TRUST_GRACE_BOUNDS
 */
export async function proposeRecognition(
  form: RecognitionForm,
  parts: ProposeParts,
): Promise<Proposal<RecognitionForm>> {
  const { anchors, intermediates } = await checkRecognition(form, parts);
  return {
    subject: form.id,
    subjectState: 'absent',
    changes: [
      ...differences({}, { ...form, certificates: undefined, policy: undefined }),
      ...differences({}, form.policy),
      ...certificateChanges([...anchors, ...intermediates]),
    ],
    payload: form,
  };
}

export const certificateChanges = (certificates: readonly Certificate[]): Proposal<unknown>['changes'] =>
  certificates.map((certificate) => ({
    field: 'certificate',
    before: null,
    after: `${nameText(certificate)} · SHA-256 ${certificateFingerprint(certificate)}`,
  }));

export type CheckedRecognition = {
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly policy: StoredPolicy;
};

/** What must hold when an authority is proposed, and again when it is recognised. */
export async function checkRecognition(
  form: RecognitionForm,
  { executor, clock, engine }: ProposeParts,
): Promise<CheckedRecognition> {
  const existing = await loadAuthorities(executor);
  if (existing.some(({ id }) => id === form.id)) throw trustError('TRUST_AUTHORITY_EXISTS');
  if (!(await hasProfile(executor, form.profileId))) throw trustError('TRUST_PROFILE_UNKNOWN');
  const policy = policyFromForm(form.policy, { at: clock.now() });
  const sorted = await sortCertificates(form.certificates.map(readCertificate), engine, clock.now());
  const owner = await ownerOfIssuer(executor, sorted.intermediates.map(certificateFingerprint));
  if (owner !== undefined) throw trustError('TRUST_ISSUER_TAKEN', { authority: owner });
  return { ...sorted, policy };
}

function readCertificate(text: string): Certificate {
  try {
    return parseCertificate(fromBase64(text));
  } catch (cause) {
    throw trustError('TRUST_CERTIFICATE_REFUSED', { problem: 'malformed' }, cause);
  }
}

/**
 * Tells roots (self-signed) from issuing certificates. Each must be a CA certificate that has not expired, and each
 * issuing one must be signed by another of the set.
 */
export async function sortCertificates(
  certificates: readonly Certificate[],
  engine: CryptoEngine,
  at: number,
): Promise<Pick<CheckedRecognition, 'anchors' | 'intermediates'>> {
  const anchors: Certificate[] = [];
  const intermediates: Certificate[] = [];
  for (const certificate of certificates) {
    const problem = problemOf(certificate, at);
    if (problem !== undefined) throw trustError('TRUST_CERTIFICATE_REFUSED', { problem });
    const selfSigned = await isSignedBy(certificate, certificate.spki, engine);
    (selfSigned ? anchors : intermediates).push(certificate);
  }
  if (anchors.length === 0) throw trustError('TRUST_NO_ANCHOR');
  for (const certificate of intermediates) {
    if (!(await hasIssuerAmong(certificates, certificate, engine))) {
      throw trustError('TRUST_CERTIFICATE_REFUSED', { problem: 'no-issuer' });
    }
  }
  return { anchors, intermediates };
}

function problemOf(certificate: Certificate, at: number): string | undefined {
  if (certificate.basicConstraints?.ca !== true) return 'not-a-ca';
  if (certificate.keyUsage !== undefined && !certificate.keyUsage.has('keyCertSign')) return 'key-usage';
  return certificate.notAfter < at ? 'expired' : undefined;
}

async function hasIssuerAmong(
  certificates: readonly Certificate[],
  certificate: Certificate,
  engine: CryptoEngine,
): Promise<boolean> {
  for (const issuer of certificates) {
    if (issuer === certificate || issuer.subject.key !== certificate.issuer.key) continue;
    if (await isSignedBy(certificate, issuer.spki, engine)) return true;
  }
  return false;
}

/** @throws CodedError TRUST_AUTHORITY_UNKNOWN */
export async function findAuthority(id: string, executor: Executor): Promise<AuthorityRecord> {
  const record = (await loadAuthorities(executor)).find((one) => one.id === id);
  if (record === undefined) throw trustError('TRUST_AUTHORITY_UNKNOWN');
  return record;
}

export const stateOf = (record: AuthorityRecord): string => `${record.id}#${record.version}`;

type Fields = Readonly<Record<string, unknown>>;

export function differences(before: Fields, after: Fields): Proposal<unknown>['changes'] {
  const text = (value: unknown): string | null => {
    if (value === undefined || value === null) return null;
    return typeof value === 'object' ? canonicalJson(value as JsonValue) : String(value);
  };
  return Object.keys(after)
    .map((field) => ({ field, before: text(before[field]), after: text(after[field]) }))
    .filter((change) => change.before !== change.after);
}
