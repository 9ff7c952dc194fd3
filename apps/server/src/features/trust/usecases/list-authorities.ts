import type { AuthorityContact, DeskAuthority } from '@hufu/contracts';
import type { Clock } from '@hufu/kernel';
import { type Certificate, certificateFingerprint, nameTexts } from '@hufu/pki';
import type { Database } from '../../../infra/database/database.ts';
import type { AuthorityRecord } from '../domain/authority.ts';
import { crlState, type HealthFacts, healthOf } from '../domain/health.ts';
import { policyToForm } from '../domain/policy-form.ts';
import { trustError } from '../errors.ts';
import { loadAuthorities } from '../store/authority-store.ts';
import { type CrlRow, loadCrlRows } from '../store/crl-store.ts';
import { type HealthSummary, summariseHealth } from '../store/health-store.ts';

export type ListParts = {
  readonly database: Database;
  readonly clock: Clock;
  readonly region: string;
};

/** How far back the board looks. */
const WINDOW_MS = 3_600_000;

type View = {
  readonly record: AuthorityRecord;
  readonly rows: readonly CrlRow[];
  readonly summary: HealthSummary | undefined;
  readonly at: number;
};

async function loadViews({ database, clock }: ListParts): Promise<View[]> {
  const at = clock.now();
  const [records, rows, summaries] = await Promise.all([
    loadAuthorities(database.db),
    loadCrlRows(database.db),
    summariseHealth(database.db, at - WINDOW_MS),
  ]);
  return records.map((record) => ({
    record,
    rows: rows.filter(({ authorityId }) => authorityId === record.id),
    summary: summaries.find(({ authorityId }) => authorityId === record.id),
    at,
  }));
}

/** HUB-121: whom to call, whether they have joined, and whether they answer. */
export const listContacts = async (parts: ListParts): Promise<AuthorityContact[]> =>
  (await loadViews(parts)).map((view) => contactOf(view, parts.region));

export const listDeskAuthorities = async (parts: ListParts): Promise<DeskAuthority[]> =>
  (await loadViews(parts)).map((view) => deskViewOf(view, parts.region));

/** @throws CodedError TRUST_AUTHORITY_UNKNOWN */
export async function findDeskAuthority(id: string, parts: ListParts): Promise<DeskAuthority> {
  const view = (await loadViews(parts)).find(({ record }) => record.id === id);
  if (view === undefined) throw trustError('TRUST_AUTHORITY_UNKNOWN');
  return deskViewOf(view, parts.region);
}

const stateOf = (row: CrlRow, at: number): HealthFacts['crl'][number] =>
  crlState({ held: row.sha256 !== undefined, nextUpdate: row.nextUpdate, problem: row.problem }, at);

function contactOf({ record, rows, summary, at }: View, region: string): AuthorityContact {
  return {
    id: record.id,
    name: record.name,
    nameEn: record.nameEn,
    phone: record.phone,
    website: record.website ?? null,
    joined: record.joined && record.region === region,
    status: record.status === 'active' ? 'ACTIVE' : 'SUSPENDED',
    health: healthOf({
      crl: rows.map((row) => stateOf(row, at)),
      ocsp: {
        answers: summary?.answers ?? 0,
        failures: summary?.failures ?? 0,
        p95Ms: summary?.p95Ms,
        lastOk: summary?.lastOk,
      },
      budgetMs: record.policy.ocspBudgetMs,
    }),
  };
}

const iso = (time: number | undefined): string | null =>
  time === undefined ? null : new Date(time).toISOString();

function deskViewOf(view: View, region: string): DeskAuthority {
  const { record, rows, summary, at } = view;
  const { grace } = record.policy;
  return {
    ...contactOf(view, region),
    region: record.region,
    inRegion: record.region === region,
    policy: policyToForm(record),
    profileId: record.profile.id,
    graceInUse: grace !== undefined && grace.until > at && (summary?.graceUses ?? 0) > 0,
    suspendReason: record.statusReason ?? null,
    crl: rows.map((row) => ({
      url: row.url,
      thisUpdate: iso(row.thisUpdate),
      nextUpdate: iso(row.nextUpdate),
      fetchedAt: iso(row.fetchedAt),
      entries: row.entries,
      state: stateOf(row, at),
    })),
    ocsp: {
      url: record.ocspAddresses[0] ?? null,
      lastAnswerAt: iso(summary?.lastAnswerAt),
      p50Ms: summary?.p50Ms ?? null,
      p95Ms: summary?.p95Ms ?? null,
      failures: summary?.failures ?? 0,
    },
    anchors: [...record.anchors, ...record.intermediates].map(anchorView),
  };
}

const anchorView = (certificate: Certificate): DeskAuthority['anchors'][number] => ({
  subject: nameText(certificate),
  fingerprint: certificateFingerprint(certificate),
  notAfter: new Date(certificate.notAfter).toISOString(),
  algorithm: certificate.spki.kind === 'rsa' ? `rsa-${certificate.spki.bits}` : certificate.spki.kind,
});

const COMMON_NAME = '2.5.4.3';
const ORGANISATION = '2.5.4.10';

/** The name by which people know a certificate. */
export function nameText({ subject }: Pick<Certificate, 'subject'>): string {
  return nameTexts(subject, COMMON_NAME)[0] ?? nameTexts(subject, ORGANISATION)[0] ?? '';
}
