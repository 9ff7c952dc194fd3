import { Link, type LinkProps } from '@tanstack/react-router';
import {
  type ColumnDef,
  type Header,
  type RowData,
  rowSortingFeature,
  type Column as TableColumn,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type ReactNode, useMemo } from 'react';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Icon } from './icon.tsx';
import { Empty } from './loaded.tsx';
import { useSorting } from './use-sorting.ts';
import './lists.css';

export type Column<T> = {
  readonly key: string;
  readonly label: string;
  readonly render: (row: T) => ReactNode;
  /** The name by which the server sorts; absent: not sortable. */
  readonly sort?: string;
  /** Left out on narrow screens. */
  readonly wide?: boolean;
};

type DataTableProps<T> = {
  caption: string;
  rows: readonly T[];
  /** Seven at most; the first names the row and opens it. */
  columns: readonly Column<T>[];
  rowKey: (row: T) => string;
  /** The drawer of a row, at its own address. */
  open?: (row: T) => LinkProps;
  /** What can be done with a row, beside 「查看」. */
  actions?: (row: T) => ReactNode;
  /** On a phone each row is a card that shows all its columns. */
  cards?: boolean;
};

/** Only which column is sorted is the table's to keep: the server sorts and pages. */
const features = tableFeatures({ rowSortingFeature, columnMeta: {} as { readonly wide: boolean } });
type Features = typeof features;

/** A list: sorting and paging live in the address. */
export function DataTable<T extends RowData>(props: DataTableProps<T>) {
  const { caption, rows, columns, rowKey, open, actions, cards = false } = props;
  const t = useTexts(common).list;
  const table = useTable<Features, T>({
    features,
    data: rows,
    columns: useMemo(() => columns.map(definition), [columns]),
    getRowId: rowKey,
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    sortDescFirst: true,
    ...useSorting(),
  });
  const columnOf = new Map(columns.map((column) => [idOf(column), column]));
  if (rows.length === 0) return <Empty title={t.empty} />;
  return (
    <div className={cards ? 'data-table data-table-cards' : 'data-table'}>
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <HeadCell key={header.id} header={header} />
              ))}
              {open ? (
                <th scope="col" className={actions ? undefined : 'wide-only'}>
                  <span className="visually-hidden">{t.actions}</span>
                </th>
              ) : null}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id}>
              {row.getAllCells().map(({ id, column }, at) => {
                const content = columnOf.get(column.id)?.render(row.original);
                return at === 0 ? (
                  <th key={id} scope="row">
                    {open ? <Link {...open(row.original)}>{content}</Link> : content}
                  </th>
                ) : (
                  <td key={id} className={classOf(column)} data-label={String(column.columnDef.header)}>
                    {content}
                  </td>
                );
              })}
              {open ? (
                <td className={actions ? 'row-actions' : 'wide-only'}>
                  <Link {...open(row.original)}>{t.view}</Link>
                  {actions?.(row.original)}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HeadCell<T extends RowData>({ header: { column } }: { header: Header<Features, T> }) {
  const t = useTexts(common).list;
  const label = String(column.columnDef.header);
  if (!column.getCanSort()) {
    return (
      <th scope="col" className={classOf(column)}>
        {label}
      </th>
    );
  }
  const sorted = column.getIsSorted();
  return (
    <th
      scope="col"
      className={classOf(column)}
      aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
    >
      <button
        type="button"
        className="sort-button"
        aria-label={t.sort(label)}
        onClick={() => column.toggleSorting()}
      >
        {label}
        {sorted ? (
          <span className={sorted === 'asc' ? 'sort-up' : ''}>
            <Icon name="down" size={14} />
          </span>
        ) : null}
      </button>
    </th>
  );
}

const idOf = <T,>(column: Column<T>) => column.sort ?? column.key;

/** The cells are drawn from `render`, not from a value: the library remembers values for as long as a row lives. */
const definition = <T extends RowData>(column: Column<T>): ColumnDef<Features, T> => ({
  id: idOf(column),
  header: column.label,
  accessorFn: rowItself,
  enableSorting: column.sort !== undefined,
  meta: { wide: column.wide === true },
});

const rowItself = <T,>(row: T) => row;

const classOf = <T extends RowData>({ columnDef }: TableColumn<Features, T>) =>
  columnDef.meta?.wide ? 'wide-only' : undefined;
