import { deskExchangeRoutes, type Push } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { stewards } from '../../i18n/stewards.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { FilterBar, FilterSelect } from '../../ui/filters.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { Status, type Tone } from '../../ui/status.tsx';
import { useDeskRoles } from '../desk-session.ts';

const route = getRouteApi('/desk/pushes');
const STATES = ['PENDING', 'ACKNOWLEDGED', 'DEAD'] as const;
const TONES: Readonly<Record<Push['state'], Tone>> = { PENDING: 'busy', ACKNOWLEDGED: 'good', DEAD: 'bad' };

/** Notices to platforms; those that were given up can be tried again. */
export function PushesPage() {
  const t = useTexts(stewards);
  const query = route.useSearch();
  const pushes = useQuery({
    queryKey: ['desk', 'library', 'pushes', query],
    queryFn: ({ signal }) => call(deskExchangeRoutes.pushes, { query, signal }),
  });
  return (
    <Page title={t.pushes}>
      <FilterBar>
        <FilterSelect
          name="state"
          label={t.state}
          options={STATES.map((value) => ({ value, label: t.pushStates[value] }))}
        />
      </FilterBar>
      <Loaded query={pushes} skeleton={<Skeleton lines={8} />}>
        {(page) => (
          <>
            <DataTable
              caption={t.pushes}
              rows={page.items}
              rowKey={(row) => row.id}
              columns={[
                { key: 'platform', label: t.platform, render: (row) => row.platformName },
                {
                  key: 'state',
                  label: t.state,
                  render: (row) => <Status tone={TONES[row.state]}>{t.pushStates[row.state]}</Status>,
                },
                { key: 'attempts', label: t.attempts, render: (row) => row.attempts },
                {
                  key: 'tried',
                  label: t.day,
                  render: (row) => (row.lastTriedAt ? <time>{minute(row.lastTriedAt)}</time> : t.never),
                  wide: true,
                },
                { key: 'error', label: t.lastError, render: (row) => row.lastError ?? t.never, wide: true },
                { key: 'retry', label: t.retry, render: (row) => <Retry push={row} /> },
              ]}
            />
            <Pager {...page} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Retry({ push }: { push: Push }) {
  const t = useTexts(stewards);
  const has = useDeskRoles();
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: () => call(deskExchangeRoutes.retryPush, { params: { id: push.id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['desk', 'library', 'pushes'] }),
  });
  if (push.state !== 'DEAD' || !has('clerk', 'reviewer', 'admin')) return null;
  return (
    <>
      <Button busy={retry.isPending} onClick={() => retry.mutate()}>
        {t.retry}
      </Button>
      {retry.error ? <ProblemBox error={retry.error} /> : null}
    </>
  );
}
