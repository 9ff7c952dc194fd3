import type { HeadlineCode, SigningTask, TaskPages } from '@hufu/contracts';
import type { SigningDeps } from '../deps.ts';
import { statusOf } from '../domain/signer-states.ts';
import { previewOf } from '../preview/document-preview.ts';
import { acknowledgedPages, unacknowledgedPages } from './acknowledge-pages.ts';
import { type SignerRow, signersOf, type TaskRow, versionOf } from './task-store.ts';

const VALID: readonly string[] = ['VALID', 'VALID_EXTENDED'] satisfies HeadlineCode[];

type Reader = { readonly enterpriseId: string; readonly uscc: string };

/** Documents as one enterprise sees them; names of units are looked up once for all. */
export async function taskViews(
  deps: SigningDeps,
  tasks: readonly TaskRow[],
  reader: Reader,
): Promise<SigningTask[]> {
  const { db } = deps.database;
  const signers = await signersOf(
    db,
    tasks.map(({ id }) => id),
  );
  const codes = [...new Set(signers.map(({ uscc }) => uscc))];
  const cards = await Promise.all(codes.map((uscc) => deps.records.byUscc(db, uscc)));
  const names = new Map(cards.flatMap((card) => (card ? [[card.uscc, card.unitName] as const] : [])));
  return Promise.all(
    tasks.map((task) =>
      taskView(deps, task, {
        reader,
        names,
        signers: signers.filter(({ task_id }) => task_id === task.id),
      }),
    ),
  );
}

type Around = {
  readonly reader: Reader;
  readonly names: ReadonlyMap<string, string>;
  readonly signers: readonly SignerRow[];
};

async function taskView(
  deps: SigningDeps,
  task: TaskRow,
  { reader, names, signers }: Around,
): Promise<SigningTask> {
  const { db } = deps.database;
  const [document, sender] = await Promise.all([
    versionOf(db, task.id, task.document_sha256),
    deps.records.byId(db, task.enterprise_id),
  ]);
  const mine = signers.find(({ uscc }) => uscc === reader.uscc);
  const { headline } = task;
  return {
    id: task.id,
    title: task.title,
    fileName: task.file_name,
    size: document?.size ?? 0,
    pages: task.pages,
    sha256: task.document_sha256,
    sm3: document?.sm3 ?? '',
    state: task.state,
    sentByMe: task.enterprise_id === reader.enterpriseId,
    sender: { unitName: sender?.unitName ?? '', uscc: sender?.uscc ?? '' },
    signers: signers.map((signer) => ({
      id: signer.id,
      unitName: names.get(signer.uscc) ?? null,
      uscc: signer.uscc,
      order: signer.place,
      state: signer.state,
      status: statusOf(signer.state),
      mine: signer === mine,
      sealedAt: signer.sealed_at?.toISOString() ?? null,
      finishedAt: signer.finished_at?.toISOString() ?? null,
      declineReason: signer.decline_reason,
    })),
    mine: mine === undefined ? null : await ownView(deps, task, mine),
    verdict:
      headline === null ? null : { headline: headline as HeadlineCode, valid: VALID.includes(headline) },
    template:
      task.template_code === null ? null : { code: task.template_code, version: task.template_version ?? '' },
    createdAt: task.created_at.toISOString(),
    updatedAt: task.updated_at.toISOString(),
    version: task.version,
  };
}

async function ownView(
  deps: SigningDeps,
  task: TaskRow,
  mine: SignerRow,
): Promise<NonNullable<SigningTask['mine']>> {
  return {
    state: mine.state,
    status: statusOf(mine.state),
    sealId: mine.seal_id,
    placements: mine.placements,
    caption: mine.caption,
    unacknowledged:
      task.state === 'OPEN' && mine.state !== 'FINISHED' ? await unacknowledgedPages(deps, task, mine) : [],
  };
}

export async function pagesView(
  deps: SigningDeps,
  task: TaskRow,
  mine: SignerRow | undefined,
): Promise<TaskPages> {
  const sha256 = task.document_sha256;
  const pages = await previewOf(deps, { sha256 });
  const known = mine === undefined ? undefined : await acknowledgedPages(deps.database.db, mine.id, sha256);
  return {
    sha256,
    pages: pages.map(({ width, height, rotation, problems }, i) => ({
      number: i + 1,
      width,
      height,
      rotation,
      problems: [...problems],
      acknowledged: known?.has(i + 1) ?? false,
    })),
  };
}
