import { CodedError } from '@hufu/kernel';
import type { PdfFile, PdfRevision } from '../../pdf/open-pdf.ts';
import { diffAnnotations } from './annotation-rules.ts';
import { diffCatalog } from './catalog-rules.ts';
import { type Change, changeOf } from './change.ts';
import { documentModel } from './document-model.ts';
import { certifiesNow, diffFields, type SignatureStandings, type StepTools } from './field-rules.ts';
import { diffDirectAnnotations, diffPages } from './page-rules.ts';
import { unstableObjects } from './unstable-objects.ts';

/** What one revision did to the one before it. */
export type RevisionStep = {
  /** End of the revision that brought the changes. */
  readonly end: number;
  readonly changes: readonly Change[];
};

function changesBetween(
  before: PdfRevision,
  after: PdfRevision,
  tools: Omit<StepTools, 'before' | 'after'>,
): readonly Change[] {
  try {
    const step: StepTools = {
      ...tools,
      before: documentModel(before.view),
      after: documentModel(after.view),
    };
    const changes = [
      ...diffCatalog(step, certifiesNow(step)),
      ...diffPages(step),
      ...diffDirectAnnotations(step),
      ...diffFields(step),
      ...diffAnnotations(step),
    ];
    return changes.length > 0 ? changes : [changeOf('UPDATE_WITHOUT_EFFECT', 'update')];
  } catch (error) {
    if (error instanceof CodedError && error.code !== 'PDF_LIMIT')
      return [changeOf('OBJECT_UNREADABLE', error.code)];
    throw error;
  }
}

/**
 * Compares each of these revisions (oldest first) with the one before it, object by object. What was changed and
 * changed back is found too. @throws PDF_LIMIT
 */
export function laterChanges(
  file: PdfFile,
  revisions: readonly PdfRevision[],
  standings: SignatureStandings,
): readonly RevisionStep[] {
  if (revisions.length < 2) return [];
  const unstable = unstableObjects(file, revisions);
  return revisions.slice(1).map((after, i) => ({
    end: after.end,
    changes: changesBetween(revisions[i]!, after, { unstable: unstable[i]!, standings }),
  }));
}
