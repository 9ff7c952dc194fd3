import {
  type Field,
  type FileValue,
  isFilled,
  keptCodeList,
  labelOf,
  type Option,
  type RowValue,
  type Value,
  type Values,
} from '@hufu/library';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { useSaid } from '../../i18n/said.ts';
import { CodeText, USCC_GROUPS } from '../../ui/code-text.tsx';
import { FileRow } from '../files/file-row.tsx';
import { titleQuery } from '../records-query.ts';

type FieldValueProps = {
  field: Field;
  value: Value | undefined;
  /** The record, where options depend on another field. */
  values?: Values;
  /** In a list: on one line, without what can be pressed. */
  brief?: boolean;
};

/** A value as people read it. */
export function FieldValue({ field, value, values = {}, brief = false }: FieldValueProps) {
  const t = useTexts(records);
  const said = useSaid();
  const { language } = useLanguage();
  if (value === undefined || value === null || !isFilled(value)) {
    return brief ? <span className="faint">—</span> : <span className="faint">{t.view.empty}</span>;
  }
  const text = labelOf(field, value, { language, values });
  switch (field.kind) {
    case 'uscc':
      return <CodeText value={text} pattern={USCC_GROUPS} copyable={!brief} />;
    case 'id-number':
      return <CodeText value={text} pattern={[6, 8, 4]} />;
    case 'account-number':
      return <CodeText value={text} copyable={!brief} />;
    case 'date':
    case 'year':
    case 'mobile':
    case 'phone':
      return <span className="figures nowrap">{text}</span>;
    case 'decimal':
    case 'integer':
      return (
        <span className="figures nowrap">
          {text}
          {field.unit ? ` ${said(field.unit)}` : ''}
        </span>
      );
    case 'url':
      return brief ? (
        <span>{text}</span>
      ) : (
        <a href={text} target="_blank" rel="noreferrer">
          {text}
        </a>
      );
    case 'files':
      return brief ? (
        <span>{t.view.files((value as readonly FileValue[]).length)}</span>
      ) : (
        <Files value={value} />
      );
    case 'reference':
      return <Reference field={field} id={String(value)} brief={brief} />;
    case 'rows':
      return brief ? <span>{text}</span> : <Rows field={field} rows={value as readonly RowValue[]} />;
    case 'text':
      return <span className={field.multiline && !brief ? 'multiline' : undefined}>{text}</span>;
    case 'choice':
      if (brief) return <span className={text.length <= SHORT ? 'nowrap' : undefined}>{text}</span>;
      return <span>{'codeList' in field ? pathOf(field.codeList, String(value), said) || text : text}</span>;
    default:
      return <span>{text}</span>;
  }
}

/** Words of a state or a kind that read badly when broken. */
const SHORT = 8;

/** With what lies above it, where the list is a tree: 内蒙古自治区 / 呼和浩特市 / 新城区. */
function pathOf(list: string, code: string, said: ReturnType<typeof useSaid>): string {
  const entry: (Option & { readonly parent?: string }) | undefined = keptCodeList(list)?.byCode.get(code);
  if (entry === undefined) return '';
  const above = entry.parent === undefined ? '' : pathOf(list, entry.parent, said);
  return above === '' ? said(entry.label) : `${above} / ${said(entry.label)}`;
}

function Files({ value }: { value: Value }) {
  return (
    <ul className="file-list">
      {(value as readonly FileValue[]).map((file) => (
        <FileRow key={file.sha256} file={file} />
      ))}
    </ul>
  );
}

type Referring = Extract<Field, { kind: 'reference' }>;

function Reference({ field, id, brief }: { field: Referring; id: string; brief: boolean }) {
  const title = useQuery(titleQuery(field, id));
  const [type] = field.to;
  if (brief || !title.data || type === undefined) return <span>{title.data ?? '…'}</span>;
  return (
    <Link to="/library/r/$type/$id" params={{ type, id }}>
      {title.data}
    </Link>
  );
}

function Rows({ field, rows }: { field: Extract<Field, { kind: 'rows' }>; rows: readonly RowValue[] }) {
  const said = useSaid();
  return (
    <table className="diff">
      <thead>
        <tr>
          {field.columns.map(({ name, label }) => (
            <th key={name} scope="col">
              {said(label)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own and hold no state
          <tr key={at}>
            {field.columns.map(({ name }) => (
              <td key={name}>{row[name]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
