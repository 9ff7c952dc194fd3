import type { DeskPlatform } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filters.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { PhoneLink } from '../../ui/phone-link.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { deskPlatformsQuery } from './desk-platforms-query.ts';
import { PlatformState } from './platform-state.tsx';

const route = getRouteApi('/desk/platforms');

export function PlatformsPage() {
  const t = useTexts(desk);
  const has = useDeskRoles();
  const platforms = useQuery(deskPlatformsQuery);
  return (
    <Page
      title={t.platforms.title}
      aside={
        has('admin') ? (
          <ButtonLink kind="primary" icon="plus" to="/desk/platforms/new">
            {t.platforms.add}
          </ButtonLink>
        ) : null
      }
    >
      <FilterBar>
        <FilterText name="q" label={t.list.search} />
        <FilterSelect
          name="state"
          label={t.platforms.state}
          options={(['joined', 'notJoined', 'suspended'] as const).map((value) => ({
            value,
            label: t.platforms[value],
          }))}
        />
      </FilterBar>
      <Loaded query={platforms} skeleton={<Skeleton lines={8} />}>
        {(list) => <PlatformTable platforms={list} />}
      </Loaded>
      <Outlet />
    </Page>
  );
}

function PlatformTable({ platforms }: { platforms: readonly DeskPlatform[] }) {
  const t = useTexts(desk).platforms;
  const { groups } = useTexts(common);
  const named = useNamed();
  const { q = '', state } = route.useSearch();
  const rows = platforms.filter((platform) => {
    const text = `${platform.name} ${platform.nameEn} ${platform.code}`.toLowerCase();
    const is = platform.suspended ? 'suspended' : platform.joined ? 'joined' : 'notJoined';
    return text.includes(q.toLowerCase()) && (state === undefined || state === is);
  });
  return (
    <DataTable
      caption={t.title}
      rows={rows}
      rowKey={(platform) => platform.code}
      open={({ code }) => ({ to: '/desk/platforms/$code', params: { code }, search: true })}
      columns={[
        { key: 'name', label: t.name, render: named },
        { key: 'state', label: t.state, render: (platform) => <PlatformState platform={platform} /> },
        { key: 'group', label: t.group, render: ({ group }) => groups[group], wide: true },
        { key: 'filing', label: t.filingMode, render: (one) => t.filingModes[one.filingMode], wide: true },
        { key: 'client', label: t.clientId, render: ({ clientId }) => <code>{clientId}</code>, wide: true },
        {
          key: 'phone',
          label: t.supportPhone,
          render: ({ supportPhone }) => <PhoneLink phone={supportPhone} />,
          wide: true,
        },
      ]}
    />
  );
}
