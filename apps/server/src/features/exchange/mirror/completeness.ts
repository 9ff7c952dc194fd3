import type { CompletenessReport, MappingRow, MirroredFile, MirrorGaps } from '@hufu/contracts';
import { type FileValue, fieldsOf, recordType } from '@hufu/library';
import type { RecordRow } from '../../records/index.ts';
import { libraryNode } from '../mapping/library-nodes.ts';

type Weighing = {
  readonly records: readonly RecordRow[];
  readonly mapping: readonly MappingRow[];
  /** Shanghai's day, YYYY-MM-DD. */
  readonly today: string;
};

type HeldFile = FileValue & { readonly record: string; readonly libNode: string };

const NO_DIRECTORY = '本平台没有对应的电子件目录，请调整电子件上传节点后重新同步';

const label = (libNode: string): string => libraryNode(libNode)?.label ?? libNode;

/** The files of a record, by the field that holds them. */
const filesOf = ({ id, type, values }: RecordRow): HeldFile[] =>
  fieldsOf(recordType(type))
    .filter(({ kind }) => kind === 'files')
    .flatMap(({ name }) =>
      ((values[name] ?? []) as readonly FileValue[]).map((file) => ({
        ...file,
        record: id,
        libNode: `${type}/${name}`,
      })),
    );

/**
 * Where each file goes, by the platform's directories, which prevail (PLAT-030), and what the user has to look after
 * (PLAT-016, OD-27).
 */
export function weighCompleteness({ records, mapping, today }: Weighing): {
  readonly files: readonly MirroredFile[];
  readonly report: CompletenessReport;
} {
  const rows = new Map(mapping.map((row) => [row.libNode, row]));
  const files: MirroredFile[] = [];
  const unmapped: CompletenessReport['unmapped'] = [];
  for (const { record, libNode, sha256, name, size, mediaType } of records.flatMap(filesOf)) {
    const row = rows.get(libNode);
    const libraryLabel = label(libNode);
    if (row?.platformNode == null) {
      unmapped.push({ libraryNode: libraryLabel, record, name, hint: row?.hint ?? NO_DIRECTORY });
    } else {
      const { platformNode } = row;
      files.push({ platformNode, libraryNode: libraryLabel, record, sha256, name, size, mediaType });
    }
  }
  const missing = missingNodes(mapping, new Set(files.map(({ platformNode }) => platformNode)));
  const stale = records
    .filter(({ expiresOn }) => expiresOn !== null && expiresOn < today)
    .map(({ id, type, title }) => ({ record: id, type, title, reason: 'EXPIRED' as const, says: EXPIRED }));
  const complete = missing.length === 0 && unmapped.length === 0 && stale.length === 0;
  return { files, report: { complete, missing, unmapped, stale } };
}

/** What is kept of a report: names of files and records are the entity's. */
export const gapsOf = ({ missing, unmapped, stale }: CompletenessReport): MirrorGaps => ({
  missing: missing.map(({ platformNode }) => platformNode),
  unmapped: unmapped.length,
  stale: stale.length,
});

const EXPIRED = {
  zh: '证件已过有效期，请在主体信息库更新',
  en: 'The paper has expired: renew it in the library.',
};

function missingNodes(
  mapping: readonly MappingRow[],
  filled: ReadonlySet<string>,
): CompletenessReport['missing'] {
  const required = mapping.filter((row) => row.required && row.platformNode !== null);
  const nodes = [...new Set(required.map(({ platformNode }) => platformNode!))];
  return nodes
    .filter((node) => !filled.has(node))
    .map((platformNode) => ({
      platformNode,
      libraryNodes: mapping
        .filter((row) => row.platformNode === platformNode)
        .map(({ libNode }) => label(libNode)),
    }));
}
