import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { mapping } from '../../i18n/mapping.ts';
import { FilterBar, FilterSelect } from '../../ui/filters.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { deskPlatformsQuery } from '../platforms/desk-platforms-query.ts';
import { MappingEditor } from './mapping-editor.tsx';
import { mappingQuery } from './mapping-query.ts';
import './mapping.css';

const route = getRouteApi('/desk/mappings');

/** 电子件目录映射: one platform at a time (PLAT-033). */
export function MappingPage() {
  const t = useTexts(mapping);
  const named = useNamed();
  const { platform } = route.useSearch();
  const platforms = useQuery(deskPlatformsQuery);
  return (
    <Page title={t.title} lead={t.lead}>
      <Loaded query={platforms} skeleton={<Skeleton lines={6} />}>
        {(all) => {
          const own = all.filter(({ joined, group }) => joined && group !== 'LIBRARY');
          const shown = own.find(({ code }) => code === platform) ?? own[0];
          if (shown === undefined) return null;
          return (
            <>
              <FilterBar>
                <FilterSelect
                  name="platform"
                  label={t.platform}
                  otherwise={own[0]?.code ?? ''}
                  options={own.map((one) => ({ value: one.code, label: named(one) }))}
                />
              </FilterBar>
              <OnePlatform key={shown.code} code={shown.code} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function OnePlatform({ code }: { code: string }) {
  const present = useQuery(mappingQuery(code));
  return (
    <Loaded query={present} skeleton={<Skeleton lines={12} />}>
      {(data) => <MappingEditor key={data.version} mapping={data} />}
    </Loaded>
  );
}
