import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { grants as texts } from '../i18n/grants.ts';
import { useTexts } from '../i18n/language.tsx';
import { EnterpriseChoice } from '../people/enterprise-choice.tsx';
import { enterprisesQuery } from '../people/people-queries.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Cell, Group } from '../ui/cell.tsx';
import { Icon } from '../ui/icon.tsx';
import { Empty, Loaded } from '../ui/loaded.tsx';
import { Screen } from '../ui/screen.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { grantsQuery } from './grant-queries.ts';
import { byPerson, byScope } from './group-grants.ts';

type View = 'platform' | 'person';

const route = getRouteApi('/member/verified/grants');

/** 授权管理: 按交易平台 (MOB-048) and 按人员 (MOB-049), 「+」 for a new one (MOB-047). */
export function GrantsPage() {
  const t = useTexts(texts);
  const { enterprise: chosen, by = 'platform' } = route.useSearch();
  const navigate = useNavigate();
  const enterprises = useQuery(enterprisesQuery);
  const administered = enterprises.data?.filter(({ standing }) => standing === 'ADMIN') ?? [];
  const current = administered.find(({ id }) => id === chosen) ?? administered[0];
  return (
    <Screen
      title={t.title}
      back="/"
      action={
        current ? (
          <Link
            to="/grants/new"
            search={{ enterprise: current.id }}
            className="icon-button"
            aria-label={t.add}
          >
            <Icon name="plus" size={22} />
          </Link>
        ) : null
      }
    >
      <Loaded query={enterprises}>
        {() =>
          current === undefined ? (
            <Empty title={t.noEnterprise}>
              <p>{t.noEnterpriseText}</p>
              <ButtonLink to="/certificates">{t.myGrants}</ButtonLink>
            </Empty>
          ) : (
            <>
              <EnterpriseChoice
                enterprises={administered}
                value={current.id}
                onValue={(enterprise) =>
                  void navigate({ to: '/grants', search: { enterprise, by }, replace: true })
                }
              />
              <Tabs<View>
                label={t.views}
                value={by}
                onValue={(view) =>
                  void navigate({
                    to: '/grants',
                    search: { enterprise: current.id, by: view },
                    replace: true,
                  })
                }
                tabs={[
                  { value: 'platform', label: t.byPlatform },
                  { value: 'person', label: t.byPerson },
                ]}
              >
                <Groups enterpriseId={current.id} by={by} />
              </Tabs>
            </>
          )
        }
      </Loaded>
    </Screen>
  );
}

function Groups({ enterpriseId, by }: { enterpriseId: string; by: View }) {
  const t = useTexts(texts);
  const grants = useQuery(grantsQuery(enterpriseId));
  return (
    <Loaded query={grants}>
      {(all) => {
        if (all.length === 0) return <Empty title={t.empty}>{t.emptyText}</Empty>;
        const groups = by === 'platform' ? byScope(all) : byPerson(all);
        return (
          <Group>
            {groups.map(({ id, name, live }) => (
              <Cell
                key={id}
                icon={by === 'platform' ? 'globe' : 'person'}
                title={name}
                value={t.liveOf(live)}
                link={{
                  to: '/grants/detail',
                  search: {
                    enterprise: enterpriseId,
                    ...(by === 'platform' ? { scope: id } : { person: id }),
                  },
                }}
              />
            ))}
          </Group>
        );
      }}
    </Loaded>
  );
}
