import { type DeskSessionRow, deskRoutes } from '@hufu/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { minute } from '../../format/dates.ts';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeText } from '../../ui/code-text.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { FilterBar, FilterText } from '../../ui/filters.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { ReasonDialog } from '../parts/reason-dialog.tsx';

type Row = z.infer<typeof DeskSessionRow>;
const route = getRouteApi('/desk/sessions');

export function SessionsPage() {
  const t = useTexts(desk);
  const { keyRoles, listSeparator } = useTexts(common);
  const has = useDeskRoles();
  const client = useQueryClient();
  const query = route.useSearch();
  const [ending, setEnding] = useState<Row>();
  const sessions = useQuery({
    queryKey: ['desk', 'sessions', query],
    queryFn: ({ signal }) => call(deskRoutes.sessions, { query, signal }),
    refetchInterval: 30_000,
  });
  return (
    <Page title={t.sessions.title}>
      <FilterBar>
        <FilterText name="q" label={t.list.search} hint={t.bindings.searchHint} />
      </FilterBar>
      <Loaded query={sessions} skeleton={<Skeleton lines={8} />}>
        {(page) => (
          <>
            <DataTable<Row>
              caption={t.sessions.title}
              rows={page.items}
              rowKey={(row) => row.id}
              columns={[
                { key: 'unit', label: t.sessions.unit, render: (row) => row.unitName },
                { key: 'role', label: t.sessions.role, render: (row) => keyRoles[row.role], wide: true },
                {
                  key: 'since',
                  label: t.sessions.loggedInAt,
                  render: (row) => <time>{minute(row.loggedInAt)}</time>,
                },
                {
                  key: 'serial',
                  label: t.sessions.serial,
                  render: (row) => <CodeText value={row.certSerial} />,
                  wide: true,
                },
                {
                  key: 'platforms',
                  label: t.sessions.platforms,
                  render: (row) => row.platforms.join(listSeparator),
                  wide: true,
                },
                {
                  key: 'expires',
                  label: t.sessions.expiresAt,
                  render: (row) => <time>{minute(row.expiresAt)}</time>,
                  wide: true,
                },
                ...(has('reviewer', 'admin')
                  ? [
                      {
                        key: 'end',
                        label: t.sessions.end,
                        render: (row: Row) => (
                          <Button kind="destroy" onClick={() => setEnding(row)}>
                            {t.sessions.end}
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
            <Pager {...page} />
          </>
        )}
      </Loaded>
      {ending ? (
        <ReasonDialog
          title={t.sessions.endTitle}
          confirm={t.sessions.end}
          destroys
          onClose={() => setEnding(undefined)}
          act={async (reason) => {
            await call(deskRoutes.endSession, { params: { id: ending.id }, body: { reason } });
            await client.invalidateQueries({ queryKey: ['desk', 'sessions'] });
          }}
        >
          <p>{t.sessions.endText(ending.unitName)}</p>
        </ReasonDialog>
      ) : null}
    </Page>
  );
}
