import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTexts } from '../../i18n/language.tsx';
import { stewards } from '../../i18n/stewards.ts';
import { CodeText, USCC_GROUPS } from '../../ui/code-text.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty, Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Pager } from '../../ui/pager.tsx';
import { EntityState } from './entity-state.tsx';
import { searchQuery } from './stewards-query.ts';

/** The best match first; what was found stays while more is typed. */
export function SearchResults(asked: { q: string; page: number | undefined }) {
  const t = useTexts(stewards);
  const found = useQuery({ ...searchQuery(asked), placeholderData: keepPreviousData });
  return (
    <Loaded query={found} skeleton={<Skeleton lines={8} />}>
      {(page) =>
        page.total === 0 ? (
          <Empty title={t.nothing} />
        ) : (
          <>
            <DataTable
              caption={t.results}
              rows={page.items}
              rowKey={({ entity }) => entity.id}
              open={({ entity }) => ({ to: '/desk/library/$id', params: { id: entity.id }, search: true })}
              columns={[
                { key: 'name', label: t.name, render: ({ entity }) => entity.name },
                { key: 'state', label: t.state, render: ({ entity }) => <EntityState entity={entity} /> },
                {
                  key: 'uscc',
                  label: t.uscc,
                  render: ({ entity }) =>
                    entity.uscc === null ? t.never : <CodeText value={entity.uscc} pattern={USCC_GROUPS} />,
                },
                {
                  key: 'matched',
                  label: t.matched,
                  render: ({ kind, text }) => (
                    <>
                      <span className="faint">{t.kinds[kind]}</span> {kind === 'NAME' ? null : text}
                    </>
                  ),
                  wide: true,
                },
              ]}
            />
            {page.total > page.pageSize ? <Pager {...page} /> : null}
            {page.capped ? <p className="faint">{t.capped}</p> : null}
          </>
        )
      }
    </Loaded>
  );
}
