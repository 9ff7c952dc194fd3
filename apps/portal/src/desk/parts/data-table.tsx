import { Link, type LinkProps, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Empty } from '../../ui/loaded.tsx';

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
};

/** A list: sorting and paging live in the address. */
export function DataTable<T>({ caption, rows, columns, rowKey, open }: DataTableProps<T>) {
  const t = useTexts(desk).list;
  if (rows.length === 0) return <Empty title={t.empty} />;
  return (
    <div className="data-table">
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.key} scope="row">
                    {open ? <Link {...open(row)}>{column.render(row)}</Link> : column.render(row)}
                  </th>
                ) : (
                  <td key={column.key} className={column.wide ? 'wide-only' : undefined}>
                    {column.render(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HeadCell<T>({ column }: { column: Column<T> }) {
  const t = useTexts(desk).list;
  const search: { sort?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const className = column.wide ? 'wide-only' : undefined;
  if (column.sort === undefined) {
    return (
      <th scope="col" className={className}>
        {column.label}
      </th>
    );
  }
  const { sort } = column;
  const up = search.sort === sort;
  const down = search.sort === `-${sort}`;
  return (
    <th scope="col" className={className} aria-sort={up ? 'ascending' : down ? 'descending' : undefined}>
      <button
        type="button"
        className="sort-button"
        aria-label={t.sort(column.label)}
        onClick={() =>
          void navigate({
            to: '.',
            search: (old) => ({ ...old, sort: down ? sort : `-${sort}`, page: undefined }),
            replace: true,
            resetScroll: false,
          })
        }
      >
        {column.label}
        {up || down ? (
          <span className={up ? 'sort-up' : ''}>
            <Icon name="down" size={14} />
          </span>
        ) : null}
      </button>
    </th>
  );
}
