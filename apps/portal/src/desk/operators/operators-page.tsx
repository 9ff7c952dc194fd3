import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { minute } from '../../format/dates.ts';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { CodeText } from '../../ui/code-text.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Status } from '../../ui/status.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { operatorsQuery } from './operators-query.ts';

export function OperatorsPage() {
  const texts = useTexts(desk);
  const t = texts.operators;
  const { listSeparator, none } = useTexts(common);
  const has = useDeskRoles();
  const operators = useQuery(operatorsQuery);
  return (
    <Page
      title={t.title}
      aside={
        has('admin') ? (
          <ButtonLink kind="primary" icon="plus" to="/desk/operators/new">
            {t.add}
          </ButtonLink>
        ) : null
      }
    >
      <Loaded query={operators} skeleton={<Skeleton lines={4} />}>
        {(list) => (
          <DataTable
            caption={t.title}
            rows={list}
            rowKey={(row) => row.id}
            open={({ id }) => ({ to: '/desk/operators/$id', params: { id } })}
            columns={[
              { key: 'name', label: t.name, render: (row) => row.name },
              {
                key: 'roles',
                label: t.roles,
                render: (row) => row.roles.map((role) => texts.roles[role]).join(listSeparator),
              },
              {
                key: 'state',
                label: t.state,
                render: (row) => (
                  <Status tone={row.state === 'ACTIVE' ? 'good' : 'idle'}>{t.states[row.state]}</Status>
                ),
              },
              {
                key: 'certificate',
                label: t.certificate,
                render: (row) => <CodeText value={row.certSerial} />,
                wide: true,
              },
              {
                key: 'login',
                label: t.lastLoginAt,
                render: (row) => (row.lastLoginAt ? <time>{minute(row.lastLoginAt)}</time> : none),
                wide: true,
              },
            ]}
          />
        )}
      </Loaded>
      <Outlet />
    </Page>
  );
}
