import { CodedError } from '@hufu/kernel';
import type { PdfFile, PdfRevision } from '../pdf/open-pdf.ts';
import type { SignatureStandings } from './changes/field-rules.ts';
import { fieldKey } from './changes/field-state.ts';
import { laterChanges, type RevisionStep } from './changes/later-changes.ts';
import { objectionTo, permissionsOf } from './changes/permissions.ts';
import type { JudgedSignature } from './judged-signature.ts';
import type { ChangeReport, Check } from './model.ts';
import { checkAppearance } from './outlines.ts';
import { type ReasonCode, VALIDATION_REASONS } from './reasons.ts';

/** What became of the document after one signature. */
export type JudgedChanges = {
  readonly items: readonly ChangeReport[];
  readonly certification: number | undefined;
};

/** From the first signed revision on, each revision once, oldest first. */
function revisionsToCompare(file: PdfFile, judged: readonly JudgedSignature[]): readonly PdfRevision[] {
  const signed = judged.flatMap(({ range }) => (range ? [range.revision] : []));
  const first = Math.min(...signed.map(({ end }) => end));
  const unique = new Map([...file.revisions, ...signed].map((revision) => [revision.end, revision]));
  return [...unique.values()].filter(({ end }) => end >= first).sort((a, b) => a.end - b.end);
}

function changesSince(
  one: JudgedSignature,
  context: { file: PdfFile; steps: readonly RevisionStep[] },
): ChangeReport[] {
  const { range, found } = one;
  if (range === undefined) return [];
  const permissions = permissionsOf(range.revision.view, found.dict, found.field.dict);
  return context.steps
    .filter(({ end }) => end > range.revision.end)
    .flatMap(({ end, changes }) =>
      changes.map((change) => {
        const objection = objectionTo(change, permissions);
        return {
          class: change.class,
          reason: objection ?? change.reason,
          path: change.path,
          revision: context.file.revisions.findIndex((revision) => revision.end === end),
          permitted: objection === undefined,
        };
      }),
    );
}

/** A permitted change is told; it leaves the verdict open only where what it shows may deceive. */
function statusOf({ permitted, reason }: ChangeReport): Check['status'] {
  if (!permitted) return 'failed';
  return VALIDATION_REASONS[reason].means === 'indeterminate' ? 'unknown' : 'note';
}

const MAX_ITEMS = 200;

function noteChanges(one: JudgedSignature, items: readonly ChangeReport[]): void {
  const byReason = new Map<ReasonCode, ChangeReport>();
  for (const item of items) {
    const known = byReason.get(item.reason);
    if (known === undefined || (known.permitted && !item.permitted)) byReason.set(item.reason, item);
  }
  if (byReason.size === 0) one.book.note('changes', 'later-changes');
  for (const item of byReason.values()) {
    one.book.enter('changes', {
      check: 'later-changes',
      status: statusOf(item),
      reason: item.reason,
      detail: item.path,
    });
  }
}

const certificationOf = (one: JudgedSignature): number | undefined =>
  one.range && permissionsOf(one.range.revision.view, one.found.dict, one.found.field.dict).certification;

function noteCertification(one: JudgedSignature, judged: readonly JudgedSignature[]): number | undefined {
  const level = certificationOf(one);
  if (level === undefined) return undefined;
  // ISO 32000-2 §12.8.2.2.1: only the first signature may certify.
  const late = judged.some(
    (other) => other.kind !== 'time-stamp' && other.range !== undefined && other.range.end < one.range!.end,
  );
  one.book.require('changes', 'certification-first', { holds: !late, reason: 'CERTIFICATION_LATE' });
  return level;
}

/** Compares the revisions and judges, for every signature, what came after it. */
export function judgeChanges(file: PdfFile, judged: readonly JudgedSignature[]): readonly JudgedChanges[] {
  const standings: SignatureStandings = new Map(
    judged.flatMap(({ found, book, range, genuine }) => {
      if (range === undefined || !book.isSound) return [];
      const standing = genuine ? ('sound' as const) : ('undecided' as const);
      return [[fieldKey(found.field), { end: range.revision.end, standing }] as const];
    }),
  );
  let steps: readonly RevisionStep[] | undefined;
  try {
    // Strings and streams are not read then: whether anything in them changed cannot be said.
    if (!file.encrypted) steps = laterChanges(file, revisionsToCompare(file, judged), standings);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
  }
  return judged.map((one) => {
    if (one.range === undefined) return { items: [], certification: undefined };
    if (one.found.field.widgets.length > 0) checkAppearance(one.found, one.range.revision.view, one.book);
    const certification = noteCertification(one, judged);
    if (steps === undefined) {
      const whole = one.range.revision.end === file.latest.end;
      const reason = file.encrypted ? 'DOCUMENT_ENCRYPTED' : 'DOCUMENT_TOO_COMPLEX';
      one.book.note('changes', 'later-changes', file.encrypted && whole ? {} : { reason });
      return { items: [], certification };
    }
    const items = changesSince(one, { file, steps });
    noteChanges(one, items);
    return { items: items.slice(0, MAX_ITEMS), certification };
  });
}
