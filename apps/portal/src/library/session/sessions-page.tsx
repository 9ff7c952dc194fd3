import { libraryEntityRoutes } from '@hufu/contracts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { Status } from '../../ui/status.tsx';

const sessionsQuery = queryOptions({
  queryKey: ['library', 'sessions'],
  queryFn: ({ signal }) => call(libraryEntityRoutes.sessions, { signal }),
});

/** Where one is logged in; the primary key sees all of the entity. */
export function SessionsPage() {
  const t = useTexts(library);
  const client = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const end = useMutation({
    mutationFn: (id: string) => call(libraryEntityRoutes.endSession, { params: { id } }),
    onSuccess: () => void client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  return (
    <Page title={t.sessions.title} lead={t.sessions.lead}>
      {end.error ? <ProblemBox error={end.error} /> : null}
      <Loaded query={sessions} skeleton={<Skeleton lines={3} />}>
        {(rows) => (
          <DataTable
            caption={t.sessions.title}
            rows={rows}
            rowKey={({ id }) => id}
            cards
            columns={[
              {
                key: 'loggedInAt',
                label: t.sessions.loggedInAt,
                render: ({ loggedInAt }) => <time className="figures">{minute(loggedInAt)}</time>,
              },
              {
                key: 'lastSeenAt',
                label: t.sessions.lastSeenAt,
                render: ({ lastSeenAt }) => <time className="figures">{minute(lastSeenAt)}</time>,
              },
              { key: 'method', label: t.sessions.method, render: ({ method }) => t.sessions.methods[method] },
              {
                key: 'standing',
                label: t.sessions.standing,
                render: ({ standing }) => t.standings[standing],
              },
              {
                key: 'end',
                label: t.sessions.end,
                render: ({ id, current }) =>
                  current ? (
                    <Status tone="good">{t.sessions.current}</Status>
                  ) : (
                    <Button
                      kind="quiet"
                      busy={end.isPending && end.variables === id}
                      onClick={() => end.mutate(id)}
                    >
                      {t.sessions.end}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
