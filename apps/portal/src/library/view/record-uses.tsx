import { libraryExchangeRoutes } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Loaded } from '../../ui/loaded.tsx';

/** 使用记录 of a performance: which platform used it, for which tender, and how it ended (LIB-PERF-08, F-PERF). */
export function RecordUses({ id }: { id: string }) {
  const t = useTexts(records).uses;
  const uses = useQuery({
    queryKey: ['library', 'records', 'uses', id],
    queryFn: ({ signal }) => call(libraryExchangeRoutes.uses, { params: { id }, signal }),
  });
  return (
    <section className="record-section">
      <h3>{t.title}</h3>
      <Loaded query={uses}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="faint">{t.none}</p>
          ) : (
            <DataTable
              caption={t.title}
              rows={rows}
              rowKey={({ platform, tenderNo, useStatus, usedAt }) =>
                [platform, tenderNo, useStatus, usedAt].join(' ')
              }
              cards
              columns={[
                { key: 'platform', label: t.platform, render: ({ platform }) => platform },
                { key: 'tenderNo', label: t.tenderNo, render: ({ tenderNo }) => tenderNo },
                { key: 'useStatus', label: t.useStatus, render: ({ useStatus }) => useStatus },
                {
                  key: 'usedAt',
                  label: t.usedAt,
                  render: ({ usedAt }) => <time className="figures nowrap">{minute(usedAt)}</time>,
                },
              ]}
            />
          )
        }
      </Loaded>
    </section>
  );
}
